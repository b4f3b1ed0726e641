namespace AiObs.Soak.Reckoning;

/// <summary>Compares what all witnesses saw, run by run. In each measure the first book that knows of it is believed, and all others are held against it.</summary>
internal sealed class Reconciliation
{
    private static readonly Measure[] All = Enum.GetValues<Measure>();

    /// <summary>Compares books.</summary>
    /// <param name="books">The books, the most believed first.</param>
    public Reconciliation(IReadOnlyList<Book> books)
    {
        Books = books;
        Differences = [.. All.SelectMany(Compare)];
        Unconfirmed = [.. All.Where(measure => books.Count(book => book.Measures.Contains(measure)) < 2)];
        Unseen = [.. All.Where(measure => books.All(book => book.Total(measure) == 0))];
    }

    public IReadOnlyList<Book> Books { get; }

    /// <summary>Gets everything in which two books do not agree.</summary>
    public IReadOnlyList<Difference> Differences { get; }

    /// <summary>Gets the measures that fewer than two books know of, so that nothing could be compared.</summary>
    public IReadOnlyList<Measure> Unconfirmed { get; }

    /// <summary>Gets the measures of which nothing happened, so that agreement proves nothing.</summary>
    public IReadOnlyList<Measure> Unseen { get; }

    private IEnumerable<Difference> Compare(Measure measure)
    {
        var books = Books.Where(book => book.Measures.Contains(measure)).ToList();

        return books.Skip(1).SelectMany(book => book.HasTotalsOnly || books[0].HasTotalsOnly
            ? CompareTotals(measure, books[0], book)
            : CompareRuns(measure, books[0], book));
    }

    private static IEnumerable<Difference> CompareTotals(Measure measure, Book reference, Book witness)
    {
        var (expected, actual) = (reference.Total(measure), witness.Total(measure));
        if (expected != actual)
        {
            yield return new Difference(measure, Run: null, reference.Name, expected, witness.Name, actual);
        }
    }

    private static IEnumerable<Difference> CompareRuns(Measure measure, Book reference, Book witness) =>
        from run in reference.Runs.Union(witness.Runs).Order()
        let expected = reference.Of(run, measure)
        let actual = witness.Of(run, measure)
        where expected != actual
        select new Difference(measure, run, reference.Name, expected, witness.Name, actual);
}
