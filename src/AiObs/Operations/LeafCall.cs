using AiObs.Cost.Usage;

namespace AiObs.Operations;

/// <summary>What a client next to the model saw of one call.</summary>
/// <param name="Usage">The tokens used; <see langword="null"/> when the provider did not say.</param>
/// <param name="Delivered">The tokens delivered, by estimate.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="ServiceTier">The tier that it was served on.</param>
internal readonly record struct LeafCall(TokenUsage? Usage, TokenEstimate Delivered, string? Model, string? ServiceTier);
