namespace AiObs.TestSupport.Otlp;

/// <summary>What the receiver answers; anything but a success status also means that the data is not kept.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="RetryAfter">The value of the <c>Retry-After</c> header, in seconds; none when null.</param>
public sealed record OtlpResponse(int StatusCode, int? RetryAfter = null)
{
    /// <summary>The answer of a healthy backend.</summary>
    public static OtlpResponse Accepted { get; } = new(200);

    internal bool IsSuccess => StatusCode is >= 200 and < 300;
}
