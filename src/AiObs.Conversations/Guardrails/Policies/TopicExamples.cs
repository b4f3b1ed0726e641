using System.Numerics;
using AiObs.Guardrails;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>The examples of topics, embedded once.</summary>
internal sealed class TopicExamples
{
    private static readonly ContentHash Key = ContentHash.Of("examples");

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly string[] _topics;
    private readonly string[] _texts;
    private readonly SharedAnswers<float[][]> _vectors = new(capacity: 1);

    public TopicExamples(GuardrailTopic[] topics, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        _generator = generator;
        var pairs = topics.SelectMany(static topic => topic.Examples.Select(example => (topic.Name, Example: example))).ToArray();
        _topics = [.. pairs.Select(static pair => pair.Name)];
        _texts = [.. pairs.Select(static pair => pair.Example)];
    }

    /// <summary>Adds the topics that each of some texts is about.</summary>
    public async ValueTask AddAsync(string[] texts, List<TopicHit>[] found, double threshold, CancellationToken cancellationToken)
    {
        var examples = await _vectors.GetAsync(Key, token => EmbedAsync(_texts, token), cancellationToken).ConfigureAwait(false);
        var vectors = await EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < texts.Length; index++)
        {
            Add(found[index], vectors[index], examples, threshold);
        }
    }

    private void Add(List<TopicHit> found, float[] vector, float[][] examples, double threshold)
    {
        foreach (var topic in examples.Select((example, index) => new TopicHit(_topics[index], Similarity(vector, example))).Where(hit => hit.Score >= threshold).GroupBy(static hit => hit.Name))
        {
            if (!found.Exists(hit => hit.Name == topic.Key))
            {
                found.Add(new(topic.Key, topic.Max(static hit => hit.Score)));
            }
        }
    }

    private async Task<float[][]> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        using var scope = PolicyCall.Begin();
        var embeddings = await _generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        return embeddings.Count == texts.Length
            ? [.. embeddings.Select(static embedding => embedding.Vector.ToArray())]
            : throw new InvalidOperationException($"The generator made {embeddings.Count} embeddings of {texts.Length} texts.");
    }

    /// <summary>Returns the cosine of the angle between two vectors, as a number between 0 and 1.</summary>
    private static double Similarity(float[] one, float[] other)
    {
        if (one.Length != other.Length)
        {
            throw new InvalidOperationException($"An embedding has {one.Length} dimensions, and that of an example {other.Length}.");
        }

        var length = Math.Sqrt((double)Dot(one, one) * Dot(other, other));
        return length > 0 ? Math.Clamp(Dot(one, other) / length, 0, 1) : 0;
    }

    private static float Dot(float[] one, float[] other)
    {
        var sum = Vector<float>.Zero;
        var index = 0;
        for (; index <= one.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            sum += new Vector<float>(one, index) * new Vector<float>(other, index);
        }

        var total = Vector.Sum(sum);
        for (; index < one.Length; index++)
        {
            total += one[index] * other[index];
        }

        return total;
    }
}
