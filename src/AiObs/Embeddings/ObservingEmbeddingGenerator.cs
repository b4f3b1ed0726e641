using System.Diagnostics;
using AiObs.Hosting;
using AiObs.Observers;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>An embedding generator that is observed: each request is one embedding span, with metrics and log records, priced and held to budgets where that is wanted.</summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
/// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
/// <remarks>With nothing listening it hands out the inner generator's task as it is.</remarks>
internal sealed class ObservingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>, IObserver
    where TEmbedding : Embedding
{
    private readonly IDisposable? _disposed;
    private readonly EmbeddingRecorder _recorder;

    /// <summary>Initializes a new instance of the <see cref="ObservingEmbeddingGenerator{TInput, TEmbedding}"/> class.</summary>
    /// <param name="innerGenerator">The generator to observe.</param>
    /// <param name="parts">What it works with.</param>
    /// <param name="disposed">What it disposes beside its parts: the inner generator, or the observer whose place it takes; <see langword="null"/> where somebody else does.</param>
    private ObservingEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, ObserverParts parts, IDisposable? disposed)
        : base(innerGenerator)
    {
        Parts = parts;
        _disposed = disposed;
        _recorder = EmbeddingRecorder.For(parts.Observability.Pipeline, innerGenerator);
    }

    /// <inheritdoc/>
    public ObserverParts Parts { get; }

    /// <summary>Puts observation on a generator, as one line of a pipeline asks for it.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="request">What the line asks for.</param>
    /// <param name="isBorrowed">Whether somebody else disposes the generator.</param>
    /// <returns>The observed generator; the very same one where it is observed already and nothing is to be added.</returns>
    /// <exception cref="InvalidOperationException">The line would have no effect where it stands.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> Observe(
        IEmbeddingGenerator<TInput, TEmbedding> generator, ObserverRequest request, bool isBorrowed = false)
    {
        var inside = FindIn(generator);
        var neighbour = generator as ObservingEmbeddingGenerator<TInput, TEmbedding>;
        var site = new ObserverSite(
            (neighbour?.InnerGenerator ?? generator).GetType().Name.Split('`')[0],
            IsObserver: neighbour is not null && ReferenceEquals(neighbour, inside),
            IsCached: ObserverRules.Ask(generator, static generator => generator.GetService<CachingEmbeddingGenerator<TInput, TEmbedding>>()) is not null,
            ObserverRules.Ask(generator, static generator => generator.GetService<AgentObservability>()));
        if (ObserverRules.Decide(request, inside, site) is not { } parts)
        {
            return isBorrowed ? new BorrowedEmbeddingGenerator<TInput, TEmbedding>(generator) : generator;
        }

        var joins = site.IsObserver && parts.Requests.Count > 1;
        return new ObservingEmbeddingGenerator<TInput, TEmbedding>(joins ? neighbour!.InnerGenerator : generator, parts, isBorrowed ? null : generator);
    }

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        values is not null && _recorder.IsListening
            ? ObserveAsync(values, options, cancellationToken)
            : base.GenerateAsync(values!, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        (null, _) when serviceType == typeof(ActivitySource) => Parts.Observability.Pipeline.Source,
        (null, _) when serviceType == typeof(AgentObservability) => Parts.Observability,
        _ => (serviceKey is null ? Parts.FindGate(serviceType) : null) ?? base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing: false);
        if (disposing)
        {
            // Its own parts first: its sinks may hang on those of the observer whose place it takes.
            Parts.Dispose();
            _disposed?.Dispose();
        }
    }

    /// <summary>Finds the nearest decorator in a generator that observes its requests; <see langword="null"/> where none does that is not off by its own options.</summary>
    private static ObservingEmbeddingGenerator<TInput, TEmbedding>? FindIn(IEmbeddingGenerator<TInput, TEmbedding> generator)
    {
        var found = Next(generator);
        while (found is { Parts.Observability.IsOff: true })
        {
            found = Next(found.InnerGenerator);
        }

        return found;
    }

    private static ObservingEmbeddingGenerator<TInput, TEmbedding>? Next(IEmbeddingGenerator<TInput, TEmbedding> generator) =>
        ObserverRules.Ask(generator, static generator => generator.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>());

    private async Task<GeneratedEmbeddings<TEmbedding>> ObserveAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var list = values as IList<TInput> ?? [.. values];
        var prepared = _recorder.Prepare(list, options);
        if (prepared is not null)
        {
            // What is asked behind this may need the caller's context.
            await _recorder.AdmitAsync(prepared, cancellationToken).ConfigureAwait(true);
        }

        if (prepared is null || _recorder.Open(prepared) is not { } operation)
        {
            return await base.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
        }

        GeneratedEmbeddings<TEmbedding> embeddings;
        try
        {
            embeddings = await base.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
            _recorder.Complete(operation, embeddings);
        }
        catch (Exception exception)
        {
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        await operation.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        return embeddings;
    }
}
