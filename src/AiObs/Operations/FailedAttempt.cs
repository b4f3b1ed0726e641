namespace AiObs.Operations;

/// <summary>One attempt of a model call that was not answered well.</summary>
/// <param name="Time">When it was over.</param>
/// <param name="Status">The HTTP status; <see langword="null"/> when there was no response.</param>
/// <param name="ErrorType">The status as a text, or what went wrong instead.</param>
/// <param name="RetryAfter">How long the server asked to wait; <see langword="null"/> when it did not, or when that is not known.</param>
internal sealed record FailedAttempt(DateTimeOffset Time, int? Status, string ErrorType, TimeSpan? RetryAfter = null);
