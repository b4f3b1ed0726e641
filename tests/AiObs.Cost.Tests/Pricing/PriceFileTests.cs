using AiObs.Operations;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>The price file while the application runs.</summary>
public sealed class PriceFileTests : IDisposable
{
    private readonly PriceBookFixture _prices = new();
    private readonly PriceFileFixture _file = new(PriceFileFixture.Price("m", 1));

    public PriceFileTests() => _prices.Options.PriceFile = _file.Name;

    public void Dispose()
    {
        _prices.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Find_FileChanged_TheNewPriceHoldsAfterTheInterval()
    {
        var book = _prices.Open();
        _file.Write(PriceFileFixture.Price("m", 2));

        _prices.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));

        _prices.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((PriceSource.File, 2m), PriceBookFixture.Find(book, "m"));
        Assert.Equal("v2", book.Find(PriceBookFixture.Ask("m"), default, out _).Price!.DataVersion);
    }

    [Fact]
    public void Find_FileChangedWithinTheResolutionOfItsTime_IsSeenStill()
    {
        var book = _prices.Open();
        var time = File.GetLastWriteTimeUtc(_file.Name);
        _file.Write(PriceFileFixture.Price("m", 2));
        File.SetLastWriteTimeUtc(_file.Name, time);

        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((PriceSource.File, 2m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Find_FileIsALinkThatMoves_IsSeenStill()
    {
        using var other = new PriceFileFixture(PriceFileFixture.Price("m", 2));
        var link = _file.Name + ".link";
        File.CreateSymbolicLink(link, _file.Name);
        _prices.Options.PriceFile = link;
        var book = _prices.Open();
        File.Delete(link);
        File.CreateSymbolicLink(link, other.Name);

        _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        File.Delete(link);

        Assert.Equal((PriceSource.File, 2m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Find_OtherInterval_IsKeptTo()
    {
        _prices.Options.PriceFileReloadInterval = TimeSpan.FromHours(1);
        var book = _prices.Open();
        _file.Write(PriceFileFixture.Price("m", 2));

        _prices.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));

        _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((PriceSource.File, 2m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Find_IntervalOfZero_ReadsTheFileOnce()
    {
        _prices.Options.PriceFileReloadInterval = TimeSpan.Zero;
        var book = _prices.Open();
        _file.Write(PriceFileFixture.Price("m", 2));

        _prices.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Find_FileBroken_TheLastGoodPricesStayWithOneWarningAndOneFault()
    {
        var book = _prices.Open();
        _file.Write("{ \"prices\": 1 }");

        _prices.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));
        Assert.Equal(["price_file"], _prices.FaultyParts);
        var log = Assert.Single(_prices.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Warning, log.Level);
        Assert.Contains($"PriceFile '{_file.Name}': $.prices is 1. Give a list.", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FileBrokenInAnotherWay_IsWarnedOfAgain()
    {
        _prices.Open();
        _file.Write("{ \"prices\": 1 }");
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        _file.Write("{ \"aliases\": 1 }");
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["price_file", "price_file"], _prices.FaultyParts);
    }

    [Fact]
    public void Find_FileMended_TheNewPriceHolds()
    {
        var book = _prices.Open();
        _file.Write("{");
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        _file.Write(PriceFileFixture.Price("m", 3));
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((PriceSource.File, 3m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Find_FileGone_TheLastGoodPricesStayUntilItIsBack()
    {
        var book = _prices.Open();
        _file.Delete();
        _prices.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));
        Assert.Equal(["price_file"], _prices.FaultyParts);

        _file.Write(PriceFileFixture.Price("m", 2));
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((PriceSource.File, 2m), PriceBookFixture.Find(book, "m"));
    }

    [Fact]
    public void Constructor_FileBrokenAfterValidation_OtherSourcesAnswer()
    {
        _file.Write("nonsense");

        Assert.Equal((PriceSource.Table, 10m), PriceBookFixture.Find(_prices.Open(), "gpt-4o"));
        Assert.Equal(["price_file"], _prices.FaultyParts);
    }

    [Fact]
    public void Dispose_FileChangesLater_IsNotReadAnyMore()
    {
        var book = _prices.Open();
        book.Dispose();
        _file.Write(PriceFileFixture.Price("m", 2));

        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));
    }
}
