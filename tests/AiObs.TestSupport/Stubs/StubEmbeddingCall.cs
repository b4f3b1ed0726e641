using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>What one call handed to a <see cref="StubEmbeddingGenerator{TInput, TEmbedding}"/>.</summary>
/// <param name="Values">The very sequence that was passed, not enumerated.</param>
/// <param name="Options">The very options that were passed.</param>
/// <param name="CurrentActivity">The ambient activity inside the call.</param>
/// <param name="CancellationToken">The token of the call.</param>
public sealed record StubEmbeddingCall<TInput>(
    IEnumerable<TInput> Values, EmbeddingGenerationOptions? Options, Activity? CurrentActivity, CancellationToken CancellationToken);
