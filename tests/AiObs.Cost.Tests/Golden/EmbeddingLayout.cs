using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>A pipeline of embedding generators, named from outside to inside.</summary>
/// <param name="Name">Its name, that of its file.</param>
/// <param name="Build">Builds the generator around the run's model.</param>
internal sealed record EmbeddingLayout(
    string Name, Func<LayoutRun, IEmbeddingGenerator<string, Embedding<float>>, IEmbeddingGenerator<string, Embedding<float>>> Build)
{
    public static readonly IReadOnlyList<string> Texts = ["a first text", "a second text"];

    /// <summary>Gets a value indicating whether content and conventions are varied too.</summary>
    public bool IsCentral { get; init; }

    /// <summary>Gets what is asked of the generator.</summary>
    public Func<LayoutRun, IEmbeddingGenerator<string, Embedding<float>>, Task> Ask { get; init; } =
        static (run, generator) => run.Recorder.CallAsync(() => generator.GenerateAsync(Texts, cancellationToken: run.Token));
}
