namespace AiObs.StoreContracts;

/// <summary>Notes what is reported at once, on the thread that reports.</summary>
public sealed class ImmediateProgress : IProgress<long>
{
    private readonly List<long> _reports = [];

    public IReadOnlyList<long> Reports => _reports;

    public void Report(long value) => _reports.Add(value);
}
