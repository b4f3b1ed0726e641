using System.Security.Cryptography;
using AiObs.Cost.Pricing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests.Refresh;

public sealed class PriceRefreshOptionsTests
{
    private const string Section = "AgentObservability:Costs:PriceRefresh";
    private const string NoAddress = "is no address that prices may come from. Give an absolute https address without user name; http is for this machine alone.";

    [Fact]
    public void Options_ByDefault_AreThoseOfUpstream()
    {
        var options = new PriceRefreshOptions();

        Assert.Equal(new Uri("https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json"), options.Url);
        Assert.Equal((TimeSpan.FromHours(6), TimeSpan.FromMinutes(1)), (options.Interval, options.Timeout));
        Assert.Equal((null, null, null), (options.CacheFile, options.Sha256, options.PublicKey));
        Assert.Empty(Failures(static _ => { }));
    }

    [Theory]
    [InlineData("https://prices.example/data.json")]
    [InlineData("http://localhost:5000/data.json")]
    [InlineData("http://127.0.0.1/data.json")]
    [InlineData("http://[::1]/data.json")]
    public void Url_HttpsOrThisMachine_IsTaken(string url) => Assert.Empty(Failures(options => options.Url = new Uri(url)));

    [Theory]
    [InlineData("http://prices.example/data.json")]
    [InlineData("http://10.0.0.1/data.json")]
    [InlineData("ftp://prices.example/data.json")]
    [InlineData("file:///data.json")]
    [InlineData("https://me:secret@prices.example/data.json")]
    [InlineData("data.json")]
    public void Url_OfAnythingElse_StopsTheStart(string url) =>
        Assert.Equal([$"{Section}:Url {NoAddress}"], Failures(options => options.Url = new Uri(url, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("00:00:59")]
    [InlineData("-00:00:01")]
    [InlineData("30.00:00:01")]
    public void Interval_OutOfRange_StopsTheStart(string interval) => Assert.Equal(
        [$"{Section}:Interval is {interval}. Give a time from a minute to 30 days, or 0 to refresh only when asked."],
        Failures(options => options.Interval = TimeSpan.Parse(interval, null)));

    [Fact]
    public void EveryOption_Wrong_IsSaidAtOnce() => Assert.Equal(
        [
            $"{Section}:Url {NoAddress}",
            $"{Section}:Timeout is 00:10:01. Give a time from a second to 10 minutes.",
            $"{Section}:CacheFile is empty. Give the path of a file, or leave it out.",
            $"{Section}:Sha256 is no SHA-256. Give 64 hexadecimal digits.",
            $"{Section}:PublicKey is no key that can be used. Give the public key of an ECDSA pair over P-256, in PEM.",
        ],
        Failures(static options =>
        {
            options.Url = null!;
            options.Timeout = TimeSpan.FromSeconds(601);
            options.CacheFile = " ";
            options.Sha256 = new string('g', 64);
            options.PublicKey = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----";
        }));

    [Fact]
    public void PublicKey_OfAnotherCurve_StopsTheStart()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Equal(
            [$"{Section}:PublicKey is no key that can be used. Give the public key of an ECDSA pair over P-256, in PEM."],
            Failures(options => options.PublicKey = key.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public async Task Host_WrongOptions_DoesNotStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAgentObservability().AddPriceRefresh(static options => options.Timeout = TimeSpan.Zero);
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal([$"{Section}:Timeout is 00:00:00. Give a time from a second to 10 minutes."], exception.Failures);
    }

    [Fact]
    public void Section_OfTheConfiguration_IsReadAndCodeGoesBeforeIt()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{Section}:Url"] = "https://prices.example/data.json",
            [$"{Section}:Interval"] = "01:00:00",
            [$"{Section}:Timeout"] = "00:00:20",
            [$"{Section}:CacheFile"] = "kept.json",
            [$"{Section}:Sha256"] = "ab",
            [$"{Section}:PublicKey"] = "key",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddAgentObservability().AddPriceRefresh(static options => options.Interval = TimeSpan.FromHours(2));
        using var provider = services.BuildServiceProvider();

        var options = new PriceRefreshOptions();
        foreach (var source in provider.GetServices<IConfigureOptions<PriceRefreshOptions>>())
        {
            source.Configure(options);
        }

        Assert.Equal(
            ("https://prices.example/data.json", TimeSpan.FromHours(2), TimeSpan.FromSeconds(20), "kept.json", "ab", "key"),
            (options.Url.AbsoluteUri, options.Interval, options.Timeout, options.CacheFile, options.Sha256, options.PublicKey));
    }

    [Fact]
    public void AddPriceRefresh_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();

        services.AddAgentObservability().AddPriceRefresh().AddCostTracking().AddPriceRefresh();

        Assert.Single(services, static service => service.ServiceType == typeof(PriceRefresh));
    }

    private static IEnumerable<string> Failures(Action<PriceRefreshOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddPriceRefresh(configure);
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<PriceRefreshOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }
}
