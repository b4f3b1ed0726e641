namespace AiObs.TestSupport.Otlp;

/// <summary>One HTTP request that reached the receiver, accepted or not.</summary>
/// <param name="Path">The whole path, such as <c>/prefix/v1/traces</c>.</param>
/// <param name="Headers">The headers; names compare without case.</param>
/// <param name="BodyLength">The length of the body after decompression.</param>
public sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, int BodyLength);
