namespace AiObs.Soak.Reckoning;

/// <summary>Is what one witness saw of all runs, added up by run and measure.</summary>
internal sealed class Book
{
    private readonly Dictionary<(long Run, Measure Measure), decimal> _sums = [];
    private readonly decimal[] _totals = new decimal[Enum.GetValues<Measure>().Length];

    /// <summary>Opens a book.</summary>
    /// <param name="name">Who the witness is.</param>
    /// <param name="measures">What the witness can see; what it does not see of these did not happen, as far as it knows.</param>
    /// <param name="entries">What it saw.</param>
    public Book(string name, IEnumerable<Measure> measures, IEnumerable<Entry> entries)
    {
        Name = name;
        Measures = measures.ToHashSet();
        foreach (var entry in entries.Where(entry => Measures.Contains(entry.Measure)))
        {
            var key = (entry.Run, entry.Measure);
            _sums[key] = _sums.GetValueOrDefault(key) + entry.Amount;
            _totals[(int)entry.Measure] += entry.Amount;
        }
    }

    public string Name { get; }

    public IReadOnlySet<Measure> Measures { get; }

    /// <summary>Gets a value indicating whether the witness knows totals alone, not which run they come from.</summary>
    public bool HasTotalsOnly { get; init; }

    public IEnumerable<long> Runs => _sums.Keys.Select(static key => key.Run).Distinct();

    public decimal Total(Measure measure) => _totals[(int)measure];

    public decimal Of(long run, Measure measure) => _sums.GetValueOrDefault((run, measure));
}
