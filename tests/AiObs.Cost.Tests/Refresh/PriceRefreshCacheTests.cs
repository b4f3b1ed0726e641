using System.Security.Cryptography;
using AiObs.Cost.Pricing;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>What one run keeps for the next.</summary>
public sealed class PriceRefreshCacheTests : IDisposable
{
    private const string Embedded = "genai-prices 0.1.8";

    private static readonly string New = PublishedPrices.Read(TestTables.WithNewModel).Rules.Version;

    private readonly TemporaryDirectory _folder = new();

    private string CacheFile => _folder.File("kept/prices.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_TableKept_IsInForceAtOnceAndAskedForByItsTag()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await RunAsync(server);

        await using var next = Open(server);

        Assert.Equal(New, next.Refresh.Version);
        Assert.Equal(0.0055m, (await next.PriceAsync("claude-haiku-5-5", 50_000, 1_000)).Total);
        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.NotModified, New), await next.RefreshAsync());
        Assert.Equal(["/prices/data.json", "/prices/data.json \"1\""], server.Requests);
        Assert.Equal(["prices.json", "prices.json.notes"], Directory.GetFiles(_folder.File("kept")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Start_TableKept_ItsAgeGoesOn()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        var clock = await RunAsync(server);
        clock.Advance(TimeSpan.FromDays(1));
        await using (var second = Open(server, clock: clock))
        {
            Assert.Equal(86_400, second.Age);
            await second.RefreshAsync();
        }

        clock.Advance(TimeSpan.FromHours(1));
        await using var third = Open(server, clock: clock);

        Assert.Equal(3_600, third.Age);
    }

    [Theory]
    [InlineData("prices.json", "[]", "The file is not what was written.")]
    [InlineData("prices.json", null, "The file does not exist.")]
    [InlineData("prices.json.notes", "nonsense", "Its notes cannot be read: They are not the five lines that belong there.")]
    [InlineData("prices.json.notes", "a\nno tag\nc\nd\ne", "Its notes cannot be read: They are not the five lines that belong there.")]
    [InlineData("prices.json.notes", null, "Its notes cannot be read: Could not find file")]
    public async Task Start_FileDamaged_TheTableOfThePackageHoldsUntilOneIsFetchedWhole(string file, string? content, string problem)
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await RunAsync(server);
        var path = _folder.File($"kept/{file}");
        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        await using var next = Open(server);

        Assert.Equal(Embedded, next.Refresh.Version);
        Assert.Equal(["price_refresh"], next.Faults);
        Assert.StartsWith($"The file that keeps prices between runs cannot be used: {problem}", Assert.Single(next.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("The table of the package is in force until one is fetched.", next.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Updated, New), await next.RefreshAsync());
        Assert.Equal(["/prices/data.json", "/prices/data.json"], server.Requests);
    }

    [Fact]
    public async Task Start_TableKeptBeforeThatOfThePackageWasPublished_IsLeftAside()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await RunAsync(server, new TestClock(new DateTimeOffset(2026, 9, 22, 0, 0, 0, TimeSpan.Zero)));

        await using var next = Open(server);

        Assert.Equal(Embedded, next.Refresh.Version);
        Assert.Empty(next.Faults);
    }

    [Fact]
    public async Task Start_OtherAddressThanBefore_TheTagIsNotSentThere()
    {
        await using var first = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var second = await PriceServer.StartAsync(TestTables.WithNewModel);
        await RunAsync(first);

        await using var next = Open(second);

        Assert.Equal(New, next.Refresh.Version);
        await next.RefreshAsync();
        Assert.Equal(["/prices/data.json"], second.Requests);
    }

    [Fact]
    public async Task Start_TableKeptThatTheOptionsNowRefuse_IsNotTaken()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await RunAsync(server);

        await using var next = Open(server, static options => options.Sha256 = new string('0', 64));

        Assert.Equal(Embedded, next.Refresh.Version);
        Assert.Equal(["price_refresh"], next.Faults);
    }

    [Fact]
    public async Task Start_SignedTableKept_IsVerifiedAgain()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await PriceServer.StartAsync();
        server.Respond = PriceServer.Signed(
            TestTables.WithNewModel, key.SignData(TestTables.WithNewModel, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        await using (var first = Open(server, options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem()))
        {
            await first.RefreshAsync();
        }

        await using var same = Open(server, options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem());
        await using var changed = Open(server, options => options.PublicKey = other.ExportSubjectPublicKeyInfoPem());

        Assert.Equal((New, Embedded), (same.Refresh.Version, changed.Refresh.Version));
    }

    [Fact]
    public async Task RefreshAsync_FileCannotBeWritten_TheTableIsInForceAndFetchedWholeAgain()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        Directory.CreateDirectory(CacheFile);
        await using var fixture = Open(server);

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Updated, New), await fixture.RefreshAsync());
        Assert.Equal(["price_refresh"], fixture.Faults);
        Assert.EndsWith("The next run starts without it.", Assert.Single(fixture.Warnings), StringComparison.Ordinal);
        Directory.Delete(CacheFile);
        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.NotModified, New), await fixture.RefreshAsync());
        Assert.Equal(["/prices/data.json", "/prices/data.json"], server.Requests);
        Assert.Equal(TestTables.WithNewModel, await File.ReadAllBytesAsync(CacheFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RefreshAsync_NoFileNamed_NothingIsKept()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using (var first = new RefreshFixture(server.Url))
        {
            await first.RefreshAsync();
        }

        await using var next = new RefreshFixture(server.Url);

        Assert.Equal(Embedded, next.Refresh.Version);
    }

    private async Task<TestClock> RunAsync(PriceServer server, TestClock? clock = null)
    {
        await using var fixture = Open(server, clock: clock);
        await fixture.RefreshAsync();
        return fixture.Clock;
    }

    private RefreshFixture Open(PriceServer server, Action<PriceRefreshOptions>? configure = null, TestClock? clock = null) => new(
        server.Url,
        options =>
        {
            options.CacheFile = CacheFile;
            configure?.Invoke(options);
        },
        clock);
}
