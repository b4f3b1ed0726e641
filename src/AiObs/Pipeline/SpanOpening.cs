namespace AiObs.Pipeline;

/// <summary>What a span is started with.</summary>
/// <param name="Target">The target that it was made for: the model.</param>
/// <param name="SpanName">The span's name.</param>
/// <param name="Tags">The tags that samplers see; nobody may change them.</param>
internal sealed record SpanOpening(string? Target, string SpanName, KeyValuePair<string, object?>[] Tags);
