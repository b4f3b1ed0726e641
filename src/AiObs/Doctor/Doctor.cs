namespace AiObs;

/// <summary>Says what is wrong with how an application is observed, and the line that mends it. It is among the services of each root.</summary>
/// <param name="checks">What looks; each feature brings its own, and an application may register more.</param>
/// <param name="clock">Says how long a check takes; by default that of the system.</param>
/// <exception cref="ArgumentNullException"><paramref name="checks"/> is <see langword="null"/>.</exception>
public sealed class Doctor(IEnumerable<IDoctorCheck> checks, TimeProvider? clock = null)
{
    private const string FailedCheck = "AIOBS099";

    /// <summary>How long one check may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<IDoctorCheck> _checks = [.. checks ?? throw new ArgumentNullException(nameof(checks))];

    /// <summary>Runs all checks.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All findings, the worst first and then by number; a check that throws, or takes longer than 2 seconds, is one of them.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<DoctorFinding>();
        foreach (var check in _checks)
        {
            found.AddRange(await RunAsync(check, cancellationToken).ConfigureAwait(false));
        }

        return [.. found
            .OrderByDescending(static finding => finding.Severity)
            .ThenBy(static finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Seen, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<DoctorFinding>> RunAsync(IDoctorCheck check, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await check.FindAsync(cancellationToken).AsTask().WaitAsync(Patience, clock ?? TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A check that fails must not hide what the others found.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // The message may quote content, so the type has to do.
            return
            [
                new(
                    FailedCheck,
                    DoctorSeverity.Warning,
                    $"The check {check.GetType().FullName} failed with {exception.GetType().FullName}.",
                    "What it looks at is not known.",
                    "Mend the check where it is one of your own; otherwise report it with the log of the application."),
            ];
        }
    }
}
