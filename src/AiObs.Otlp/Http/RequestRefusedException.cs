namespace AiObs.Otlp.Http;

/// <summary>A request is not taken.</summary>
/// <param name="statusCode">The status of the response.</param>
/// <param name="rpcCode">The code of the status in its body.</param>
/// <param name="message">Why.</param>
internal sealed class RequestRefusedException(int statusCode, int rpcCode, string message) : Exception(message)
{
    public const int InvalidArgument = 3;
    public const int ResourceExhausted = 8;

    public int StatusCode { get; } = statusCode;

    public int RpcCode { get; } = rpcCode;
}
