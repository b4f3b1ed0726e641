namespace FakeModelServer.Hosting;

/// <summary>
/// Ends a response that has begun without its proper end. Kestrel then sends what was written and closes the connection; an abort could
/// overtake the bytes on their way, and the client would see fewer pieces in one run than in the next.
/// </summary>
internal sealed class ConnectionCutException : Exception;
