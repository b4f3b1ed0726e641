namespace AiObs.Tests.DoctorChecks;

/// <summary>A check that does what a test says.</summary>
internal sealed class StubCheck(Func<CancellationToken, ValueTask<IReadOnlyList<DoctorFinding>>> find) : IDoctorCheck
{
    public StubCheck(params DoctorFinding[] findings)
        : this(_ => new(findings))
    {
    }

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => find(cancellationToken);
}
