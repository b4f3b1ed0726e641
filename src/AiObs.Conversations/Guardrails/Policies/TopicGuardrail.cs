using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;
using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>Finds texts about topics that are denied, or about none of those that are allowed.</summary>
/// <remarks>
/// A topic is told by its words, and by how near the embedding of a text is to those of its examples. Examples are embedded once; each check embeds the texts that words do not decide. The calls go through the
/// generator that is given, tagged <c>aiobs.purpose=guardrail</c>, and carry what is said. A generator that throws is a failure of the guardrail.
/// </remarks>
public sealed class TopicGuardrail : IGuardrail
{
    private readonly TopicWords[] _topics;
    private readonly TopicExamples? _examples;

    /// <summary>Initializes a new instance of the <see cref="TopicGuardrail"/> class.</summary>
    /// <param name="topics">The topics; at least one.</param>
    /// <param name="generator">What embeds texts and examples; <see langword="null"/> where topics have words alone.</param>
    /// <exception cref="ArgumentNullException"><paramref name="topics"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">There is no topic, one has neither words nor examples, or it has examples and there is no generator.</exception>
    public TopicGuardrail(IEnumerable<GuardrailTopic> topics, IEmbeddingGenerator<string, Embedding<float>>? generator = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        GuardrailTopic[] all = [.. topics];
        if (all.Length == 0)
        {
            throw new ArgumentException("There must be at least one topic.", nameof(topics));
        }

        foreach (var topic in all)
        {
            if (topic.Words.Count == 0 && topic.Examples.Count == 0)
            {
                throw new ArgumentException($"The topic '{topic.Name}' has neither words nor examples.", nameof(topics));
            }

            if (topic.Examples.Count > 0 && generator is null)
            {
                throw new ArgumentException($"The topic '{topic.Name}' has examples, and there is no generator that embeds them.", nameof(generator));
            }
        }

        _topics = [.. all.Select(static topic => new TopicWords(topic))];
        _examples = Array.Exists(all, static topic => topic.Examples.Count > 0) ? new(all, generator!) : null;
    }

    /// <summary>Gets a value indicating whether the topics are the only ones that are allowed, so that a text with letters that is about none of them is a hit.</summary>
    /// <value>The default is <see langword="false"/>: the topics are denied.</value>
    public bool AllowOnly { get; init; }

    /// <summary>Gets from which cosine similarity on a text is about the topic of an example.</summary>
    /// <value>The default is 0.5. Must be greater than 0 and at most 1. What is right depends on the model: try it in <see cref="GuardrailMode.Shadow"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public double Threshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(Threshold));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1, nameof(Threshold));
            field = value;
        }
    } = 0.5;

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>topic</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "topic";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.Input | GuardrailStages.Output;

    /// <inheritdoc/>
    public async ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new List<TopicHit>[request.Texts.Count];
        for (var index = 0; index < found.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found[index] = FindWords(request.Texts[index].Value);
        }

        if (_examples is not null)
        {
            // Where topics are allowed, one is enough; where they are denied, each is to be named.
            int[] open = [.. Enumerable.Range(0, found.Length).Where(index => HasLetters(request.Texts[index].Value) && !(AllowOnly && found[index].Count > 0))];
            if (open.Length > 0)
            {
                await _examples.AddAsync([.. open.Select(index => request.Texts[index].Value)], [.. open.Select(index => found[index])], Threshold, cancellationToken).ConfigureAwait(false);
            }
        }

        GuardrailHit[] hits = [.. found.SelectMany((topics, index) => HitsOf(topics, index, request.Texts[index].Value))];
        return hits.Length == 0 ? GuardrailVerdict.Pass : new GuardrailVerdict(hits);
    }

    private static bool HasLetters(string text) => text.Any(char.IsLetter);

    private List<TopicHit> FindWords(string text)
    {
        string[] views = [.. TextView.Of(text, TextForm.Folded, int.MaxValue).Select(static view => view.Text.Value)];
        return [.. _topics.Where(topic => topic.AreIn(views)).Select(static topic => new TopicHit(topic.Name, 1))];
    }

    private IEnumerable<GuardrailHit> HitsOf(List<TopicHit> topics, int index, string text)
    {
        if (AllowOnly)
        {
            return topics.Count == 0 && HasLetters(text) ? [new("about none of the allowed topics") { Text = index, Length = text.Length }] : [];
        }

        return topics.Select(topic => new GuardrailHit($"about the topic '{topic.Name}'", topic.Score) { Text = index, Length = text.Length });
    }
}
