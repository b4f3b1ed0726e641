using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails;

/// <summary>What one guardrail said of one request.</summary>
/// <param name="Hits">What it found; none where it failed.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> where it did not.</param>
/// <param name="Duration">How long it looked.</param>
internal sealed record GuardrailCheck(IReadOnlyList<GuardrailHit> Hits, Exception? Failure, TimeSpan Duration)
{
    /// <summary>Lets a guardrail look, on a thread of its own: one that blocks the thread, or ignores the token, is left behind when its time is over.</summary>
    /// <remarks>It fails where it throws, is too late or returns nothing; a caller who gives up is no failure.</remarks>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static ValueTask<GuardrailCheck> RunAsync(GuardrailRule rule, GuardrailRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        RunAsync(rule, token => new(Task.Run(() => rule.Guardrail.CheckAsync(request, token).AsTask(), CancellationToken.None)), clock, cancellationToken);

    /// <summary>Lets a guardrail look on the thread of the caller, for whom another thread takes too long: at each update of a stream. One that waits is left behind all the same, and one that blocks the thread is not.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static ValueTask<GuardrailCheck> RunHereAsync(GuardrailRule rule, GuardrailRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        RunAsync(rule, token => rule.Guardrail.CheckAsync(request, token), clock, cancellationToken);

    private static async ValueTask<GuardrailCheck> RunAsync(
        GuardrailRule rule, Func<CancellationToken, ValueTask<GuardrailVerdict>> look, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(rule.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var looking = look(either.Token);
            var verdict = looking.IsCompletedSuccessfully ? looking.Result : await looking.AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            return verdict?.Hits is { } hits
                ? new([.. hits], null, clock.GetElapsedTime(start))
                : Failed(new InvalidOperationException("It returned no verdict."));
        }
#pragma warning disable CA1031 // The rule says what follows.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failed(timeout.IsCancellationRequested && exception is OperationCanceledException ? new TimeoutException($"It took longer than {rule.Timeout}.") : exception);
        }

        GuardrailCheck Failed(Exception exception) => new([], exception, clock.GetElapsedTime(start));
    }
}
