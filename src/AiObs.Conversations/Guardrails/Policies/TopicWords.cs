using AiObs.Conversations.Guardrails.Matching;
using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>The words of a topic.</summary>
internal sealed class TopicWords(GuardrailTopic topic)
{
    private readonly WordFinder? _words = topic.Words.Count == 0 ? null : new(topic.Words, wholeWords: true);

    public string Name => topic.Name;

    public bool AreIn(string[] views) => _words is not null && Array.Exists(views, view => _words.In(view).Any());
}
