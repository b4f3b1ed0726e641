namespace AiObs.Otlp.Receiving;

/// <summary>What became of a request.</summary>
internal sealed class ReceiveOutcome
{
    private readonly SortedDictionary<string, int> _problems = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _remarks = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether nothing was taken as there is no room, and the sender is to try again.</summary>
    public bool IsFull { get; init; }

    /// <summary>Gets how many spans were not taken.</summary>
    public int Rejected { get; private set; }

    /// <summary>Gets why, in words; empty where there is nothing to say.</summary>
    public string Message => string.Join(
        " ",
        _problems.Select(static problem => $"{problem.Value} of the spans: {problem.Key}.").Concat(_remarks));

    public void Reject(string problem)
    {
        Rejected++;
        _problems[problem] = _problems.GetValueOrDefault(problem) + 1;
    }

    /// <summary>Says something of spans that were taken.</summary>
    public void Remark(string remark) => _remarks.Add(remark);
}
