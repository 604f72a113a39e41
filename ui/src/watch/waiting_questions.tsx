// What only a person can say of recordings that came by themselves: one question at a time, the oldest first.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Question, type Reply, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { QuestionCard } from "./question_card";
import { useReason } from "./use_reason";
import { useQuestions } from "./watch_queries";

export function WaitingQuestions() {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const reasonOf = useReason();
  const { data: questions = [] } = useQuestions();
  const [failure, setFailure] = useState<unknown>(null);
  const card = useRef<HTMLElement>(null);
  const answered = useRef(false);
  const [question] = questions;

  // A question that came up is read to who does not see it; after an answer the focus goes on to the next one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another question is news
  useEffect(() => {
    if (answered.current) (card.current ?? document.querySelector<HTMLElement>("h1[tabindex]"))?.focus();
    else if (question) announce(`${t(`watched.doubt_${question.about.doubt}`)} ${reasonOf(question)}`);
    answered.current = false;
  }, [question?.id]);

  const answer = async (question: Question, reply: Reply) => {
    setFailure(null);
    answered.current = true;
    try {
      await ipc.watchAnswer(question.id, reply);
      announce(t(`watched.replied_${reply}`));
    } catch (thrown) {
      answered.current = false;
      setFailure(thrown);
    }
  };
  if (!question) return null;
  return (
    <QuestionCard
      key={question.id}
      ref={card}
      question={question}
      waiting={questions.length}
      failure={failure}
      onAnswer={(reply) => answer(question, reply)}
    />
  );
}
