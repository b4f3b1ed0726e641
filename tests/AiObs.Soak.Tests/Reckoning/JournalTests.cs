using AiObs.Soak.Reckoning;
using AiObs.TestSupport;

namespace AiObs.Soak.Tests.Reckoning;

public sealed class JournalTests
{
    [Fact]
    public void ReadAll_AfterAdds_ReturnsThemAsTheyWere()
    {
        using var directory = new TemporaryDirectory();
        using var journal = new Journal(directory.File("a.journal"));

        journal.Add(7, Measure.ExactAmount, 0.00012345m);
        journal.Add(8, Measure.Tools);

        Assert.Equal([new Entry(7, Measure.ExactAmount, 0.00012345m), new Entry(8, Measure.Tools, 1)], journal.ReadAll());
    }

    [Fact]
    public void Add_AfterAReading_GoesOnBehindIt()
    {
        using var directory = new TemporaryDirectory();
        using var journal = new Journal(directory.File("a.journal"));
        journal.Add(1, Measure.Tools);
        journal.ReadAll();

        journal.Add(2, Measure.Tools);

        Assert.Equal([1, 2], journal.ReadAll().Select(static entry => entry.Run));
    }
}
