using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>Tables that a server sends whole, and that no call is priced by.</summary>
public sealed class PriceRefreshRejectionTests
{
    private const string Embedded = "genai-prices 0.1.8";

    public static TheoryData<string, byte[], string> Tables => new()
    {
        { "HTML", "<html><body>Sign in</body></html>"u8.ToArray(), "invalid start of a value" },
        { "nothing", [], "does not contain any JSON tokens" },
        { "cut off", TestTables.WithNewModel[..^100], "Expected" },
        { "more than one", [.. TestTables.WithNewModel, .. "[]"u8], "'[' is invalid after a single JSON value" },
        { "an object", "{}"u8.ToArray(), "The data has StartObject where StartArray belongs." },
        { "no providers", "[]"u8.ToArray(), "It has no models." },
        { "no models", """[{ "id": "openai", "models": [] }]"""u8.ToArray(), "It has no models." },
        { "too deep", Encoding.UTF8.GetBytes($"[{{ \"id\": \"p\", \"extractors\": {new string('[', 31)}{new string(']', 31)} }}]"), "32 has been exceeded" },
        { "too large", new byte[8 * 1024 * 1024 + 1], "The answer is larger than 8388608 bytes." },
        { "an older version", TestTables.Without(232), "It lacks 232 of 1694 known models." },
        { "a tenth of the models gone", TestTables.Without(170), "It lacks 170 of 1694 known models." },
        { "rates times eleven", TestTables.WithRates(6, static rate => rate * 11), "6 known rates are 0 or have changed by more than 10 times, such as openai/" },
        { "rates by eleven", TestTables.WithRates(6, static rate => rate / 11), "6 known rates are 0 or have changed by more than 10 times, such as openai/" },
        { "all zero", TestTables.WithRates(1_000, static _ => 0), "known rates are 0 or have changed by more than 10 times, such as openai/" },
        { "input rates left out", TestTables.WithoutRate(6, "input_mtok"), "6 known rates are 0 or have changed by more than 10 times, such as openai/" },
        { "output rates left out", TestTables.WithoutRate(6, "output_mtok"), "6 known rates are 0 or have changed by more than 10 times, such as openai/" },
        { "all free", TestTables.Changed(static providers => TestTables.Models(providers, "openai").ToList().ForEach(static model => model!["prices"] = new JsonObject())), "known rates are 0" },
        { "negative rate", TestTables.WithPrice("""{ "input_mtok": -1 }"""), "is -1; a rate must not be negative" },
        { "huge rate", TestTables.WithPrice("""{ "input_mtok": 1000000001 }"""), "The rate \"input_mtok\" of model \"gpt-4o\" is above 1,000,000,000." },
        { "rate beyond numbers", TestTables.WithPrice("""{ "input_mtok": 1e400 }"""), "" },
        { "rate of text", TestTables.WithPrice("""{ "input_mtok": "1" }"""), "has String where StartObject belongs" },
        { "unknown unit", TestTables.WithPrice("""{ "input_gtok": 1 }"""), "The price key \"input_gtok\"" },
        { "unknown constraint", TestTables.WithPrice("""[{ "constraint": { "weekday": "1" }, "prices": {} }]"""), "unknown constraint \"weekday\"" },
        { "unknown member of a price", TestTables.WithPrice("""[{ "condition": {}, "prices": {} }]"""), "unknown member \"condition\"" },
        { "unknown member of a rate", TestTables.WithPrice("""{ "input_mtok": { "base": 1, "steps": [] } }"""), "unknown member \"steps\"" },
        { "unknown member of a tier", TestTables.WithPrice("""{ "input_mtok": { "base": 1, "tiers": [{ "end": 1 }] } }"""), "unknown member \"end\"" },
        { "tier without a price", TestTables.WithPrice("""{ "input_mtok": { "base": 1, "tiers": [{ "start": 1 }] } }"""), "has a tier without its start or its price" },
        { "tiers without a base", TestTables.WithPrice("""{ "input_mtok": { "tiers": [] } }"""), "has tiers without a base" },
        { "tier that is no object", TestTables.WithPrice("""{ "input_mtok": { "base": 1, "tiers": [5] } }"""), "has Number where EndArray belongs" },
        { "prices of text", TestTables.WithPrice("\"free\""), "has String where StartArray belongs" },
        { "pattern that is none", WithMatch("""{ "regex": "(" }"""), "Invalid pattern '('" },
        { "unknown kind of match", WithMatch("""{ "like": "x" }"""), "unknown kind \"like\"" },
        { "match of nothing", WithMatch("{}"), "A match has EndObject where PropertyName belongs." },
        { "match of null", WithMatch("""{ "equals": null }"""), "A match has Null where String belongs." },
        { "match with text for parts", WithMatch("""{ "or": "x" }"""), "A match with parts is \"or\" or \"and\"" },
        { "match with parts for text", WithMatch("""{ "equals": [{ "equals": "x" }] }"""), "A match with parts is \"or\" or \"and\"" },
        { "two matches in one", WithMatch("""{ "equals": "x", "contains": "y" }"""), "A match has PropertyName where EndObject belongs." },
        { "models of text", TestTables.Changed(static providers => providers[0]!["models"] = "none"), "has String where StartArray belongs" },
        { "provider without an id", TestTables.Changed(static providers => providers.Add(new JsonObject { ["name"] = "x" })), "A provider has no id." },
        { "address of null", TestTables.Changed(static providers => providers[0]!["api_pattern"] = null), "A provider's api_pattern has Null where String belongs." },
    };

    public static TheoryData<string, byte[]> GoodTables => new()
    {
        { "less than a tenth of the models gone", TestTables.Without(169) },
        { "five rates times eleven", TestTables.WithRates(5, static rate => rate * 11) },
        { "rates times ten", TestTables.WithRates(1_000, static rate => rate * 10) },
        { "five input rates left out", TestTables.WithoutRate(5, "input_mtok") },
        { "rates of parts left out", TestTables.WithoutRate(1_000, "cache_read_mtok") },
        { "byte order mark", [.. Encoding.UTF8.Preamble, .. TestTables.WithNewModel] },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public async Task RefreshAsync_TableThatCannotBeUsed_IsRejected(string name, byte[] table, string reason)
    {
        await using var server = await PriceServer.StartAsync(table);
        await using var fixture = new RefreshFixture(server.Url);

        var result = await fixture.RefreshAsync();

        Assert.True((result.Outcome, result.Version) == (PriceRefreshOutcome.Rejected, Embedded), $"{name}: {result}");
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(["price_refresh"], fixture.Faults);
        Assert.Single(fixture.Warnings);
        Assert.Equal(Embedded, (await fixture.PriceAsync("claude-sonnet-4-5", 1, 1)).DataVersion);
    }

    [Theory]
    [MemberData(nameof(GoodTables), DisableDiscoveryEnumeration = true)]
    public async Task RefreshAsync_TableThatHasChangedWithinReason_IsTaken(string name, byte[] table)
    {
        await using var server = await PriceServer.StartAsync(table);
        await using var fixture = new RefreshFixture(server.Url);

        var result = await fixture.RefreshAsync();

        Assert.True(result.Outcome == PriceRefreshOutcome.Updated, $"{name}: {result}");
    }

    [Fact]
    public async Task RefreshAsync_RejectedTable_IsFetchedWholeTheNextTime()
    {
        await using var server = await PriceServer.StartAsync("[]"u8.ToArray());
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();
        server.Respond = PriceServer.Table(TestTables.WithNewModel, "\"1\"");

        Assert.Equal(PriceRefreshOutcome.Updated, (await fixture.RefreshAsync()).Outcome);
        Assert.Equal(["/prices/data.json", "/prices/data.json"], server.Requests);
    }

    [Fact]
    public async Task RefreshAsync_SmallAnswerThatUnpacksToALargeOne_IsRejected()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[64 * 1024 * 1024]);
        }

        await using var server = await PriceServer.StartAsync();
        server.Respond = context => SendPackedAsync(context, bomb.ToArray());
        await using var fixture = new RefreshFixture(server.Url);

        Assert.InRange(bomb.Length, 1, 100_000);
        Assert.Equal(
            new PriceRefreshResult(PriceRefreshOutcome.Rejected, Embedded, "The answer is larger than 8388608 bytes."), await fixture.RefreshAsync());
    }

    [Fact]
    public async Task RefreshAsync_PackedTable_IsUnpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(TestTables.WithNewModel);
        }

        await using var server = await PriceServer.StartAsync();
        server.Respond = context => SendPackedAsync(context, packed.ToArray());
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(PriceRefreshOutcome.Updated, (await fixture.RefreshAsync()).Outcome);
    }

    [Fact]
    public async Task RefreshAsync_AnswerThatDoesNotUnpack_IsRejected()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = context => SendPackedAsync(context, "no gzip"u8.ToArray());
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(PriceRefreshOutcome.Rejected, (await fixture.RefreshAsync()).Outcome);
    }

    [Fact]
    public async Task Sha256_OfAnotherTable_IsRejected()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url, static options => options.Sha256 = new string('0', 64));

        var result = await fixture.RefreshAsync();

        var hash = Convert.ToHexStringLower(SHA256.HashData(TestTables.WithNewModel));
        Assert.Equal(
            new PriceRefreshResult(
                PriceRefreshOutcome.Rejected, Embedded, $"Its SHA-256 is {hash}, another one than AgentObservability:Costs:PriceRefresh:Sha256 asks for."),
            result);
    }

    [Fact]
    public async Task Sha256_OfTheTable_IsTaken()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(
            server.Url, static options => options.Sha256 = Convert.ToHexString(SHA256.HashData(TestTables.WithNewModel)));

        Assert.Equal(PriceRefreshOutcome.Updated, (await fixture.RefreshAsync()).Outcome);
    }

    [Fact]
    public async Task PublicKey_SignatureOfTheTable_IsTaken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await PriceServer.StartAsync();
        server.Respond = PriceServer.Signed(TestTables.WithNewModel, Sign(key, TestTables.WithNewModel));
        await using var fixture = new RefreshFixture(server.Url, options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem());

        Assert.Equal(PriceRefreshOutcome.Updated, (await fixture.RefreshAsync()).Outcome);
        Assert.Equal(["/prices/data.json", "/prices/data.json.sig"], server.Requests);
    }

    [Fact]
    public async Task PublicKey_SignatureOfAnotherKeyOrTableOrNone_IsRejected()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await PriceServer.StartAsync();
        await using var fixture = new RefreshFixture(server.Url, options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem());

        foreach (var signature in (byte[][])[Sign(other, TestTables.WithNewModel), Sign(key, "[]"u8.ToArray()), [], "no signature"u8.ToArray()])
        {
            server.Respond = PriceServer.Signed(TestTables.WithNewModel, signature);

            Assert.Equal(
                new PriceRefreshResult(PriceRefreshOutcome.Rejected, Embedded, "It is not signed with the key of AgentObservability:Costs:PriceRefresh:PublicKey."),
                await fixture.RefreshAsync());
        }
    }

    [Fact]
    public async Task PublicKey_NoSignatureThere_Fails()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await PriceServer.StartAsync();
        server.Respond = context => context.Request.Path.Value!.EndsWith(".sig", StringComparison.Ordinal)
            ? PriceServer.Status(404)(context)
            : PriceServer.Table(TestTables.WithNewModel, null)(context);
        await using var fixture = new RefreshFixture(server.Url, options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem());

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "The server answered 404."), await fixture.RefreshAsync());
    }

    private static byte[] WithMatch(string match) => TestTables.Changed(providers =>
        TestTables.Models(providers, "openai").Single(static model => (string)model!["id"]! == "gpt-4o")!["match"] = JsonNode.Parse(match));

    private static byte[] Sign(ECDsa key, byte[] table) => key.SignData(table, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static Task SendPackedAsync(Microsoft.AspNetCore.Http.HttpContext context, byte[] body)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
