using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Who sends the bill, by where calls go and what the client calls itself.</summary>
public sealed class HostMatcherTests
{
    private const string Nobody = "nobody";

    private static readonly PriceRules Rules = PriceRulesReader.Read(EmbeddedPrices.ReadPrices(), EmbeddedPrices.Version);

    /// <summary>Gets an address of each provider of the table, as clients send their calls there.</summary>
    private static Dictionary<string, string> Addresses { get; } = new()
    {
        ["anthropic"] = "https://api.anthropic.com/v1/messages",
        ["arcee"] = "https://api.arcee.ai/v1",
        ["avian"] = "https://api.avian.io/v1",
        ["aws"] = "https://bedrock-runtime.us-east-1.amazonaws.com/model/x/converse",
        ["azure"] = "https://my-res.openai.azure.com/openai/deployments/prod",
        ["baseten"] = "https://inference.baseten.co/v1",
        ["cerebras"] = "https://api.cerebras.ai/v1",
        ["cloudflare"] = "https://api.cloudflare.com/client/v4/accounts/0123/ai/v1",
        ["cohere"] = "https://api.cohere.com/v2",
        ["cursor"] = "https://api.cursor.com/v1",
        ["deepseek"] = "https://api.deepseek.com",
        ["doubleword"] = "https://api.doubleword.ai/v1",
        ["fireworks"] = "https://api.fireworks.ai/inference/v1",
        ["github-copilot"] = "https://api.githubcopilot.com",
        ["google"] = "https://generativelanguage.googleapis.com/v1beta/openai/",
        ["groq"] = "https://api.groq.com/openai/v1",
        ["huggingface_cerebras"] = "https://router.huggingface.co/cerebras/v1",
        ["huggingface_fireworks-ai"] = "https://router.huggingface.co/fireworks-ai/v1",
        ["huggingface_groq"] = "https://router.huggingface.co/groq/openai/v1",
        ["huggingface_hyperbolic"] = "https://router.huggingface.co/hyperbolic/v1",
        ["huggingface_nebius"] = "https://router.huggingface.co/nebius/v1",
        ["huggingface_novita"] = "https://router.huggingface.co/novita/v3",
        ["huggingface_nscale"] = "https://router.huggingface.co/nscale/v1",
        ["huggingface_ovhcloud"] = "https://router.huggingface.co/ovhcloud/v1",
        ["huggingface_publicai"] = "https://router.huggingface.co/publicai/v1",
        ["huggingface_sambanova"] = "https://router.huggingface.co/sambanova/v1",
        ["huggingface_together"] = "https://router.huggingface.co/together/v1",
        ["minimax"] = "https://api.minimax.io/v1",
        ["mistral"] = "https://api.mistral.ai/v1",
        ["modal"] = "https://acme--model.modal.run/v1",
        ["moonshotai"] = "https://api.moonshot.ai/v1",
        ["novita"] = "https://api.novita.ai/v3/openai",
        ["openai"] = "https://api.openai.com/v1",
        ["openrouter"] = "https://openrouter.ai/api/v1",
        ["ovhcloud"] = "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1",
        ["perplexity"] = "https://api.perplexity.ai",
        ["quicksilverpro"] = "https://api.quicksilverpro.io/v1",
        ["together"] = "https://api.together.xyz/v1",
        ["typesafe"] = "https://api.typesafe.ai/v1",
        ["voyageai"] = "https://api.voyageai.com/v1",
        ["x-ai"] = "https://api.x.ai/v1",
        ["zai"] = "https://api.z.ai/api/paas/v4",
        ["zhipuai"] = "https://open.bigmodel.cn/api/paas/v4",
    };

    [Fact]
    public void Of_AnAddressOfEachProviderOfTheTable_IsThatProvider()
    {
        Assert.Equal(Rules.Providers.Select(static provider => provider.Id).Order(StringComparer.Ordinal), Addresses.Keys.Order(StringComparer.Ordinal));
        Assert.All(Addresses, static entry =>
        {
            Assert.Equal(entry.Key, ByHost(entry.Value));
            Assert.Equal(entry.Key, Rules.FindProvider("m", null, entry.Value)?.Id);
        });
    }

    [Theory]
    [InlineData("https://eu.api.openai.com/v1", "openai")]
    [InlineData("https://us.api.openai.com/v1", "openai")]
    [InlineData("https://my-res.eu.openai.azure.com/", "azure")]
    [InlineData("https://my-res.services.ai.azure.com/models", "azure")]
    [InlineData("https://my-res.cognitiveservices.azure.com", "azure")]
    [InlineData("https://gw.azure-api.net/openai", "azure")]
    [InlineData("https://us-central1-aiplatform.googleapis.com/v1", "google")]
    [InlineData("https://aiplatform.googleapis.com/v1", "google")]
    [InlineData("https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "aws")]
    [InlineData("https://bedrock-runtime.cn-north-1.amazonaws.com.cn", "aws")]
    [InlineData("https://bedrock-mantle.us-east-1.api.aws/v1", "aws")]
    [InlineData("https://api.individual.githubcopilot.com", "github-copilot")]
    [InlineData("https://api.together.ai/v1", "together")]
    [InlineData("https://api.moonshot.cn/v1", "moonshotai")]
    [InlineData("https://api.cohere.ai/v2", "cohere")]
    [InlineData("https://API.OpenAI.COM./v1", "openai")]
    [InlineData("https://api.openai.com:8443/v1", "openai")]
    public void Of_FurtherAddressesOfAProvider_AreItsOwn(string address, string provider) => Assert.Equal(provider, ByHost(address));

    [Theory]
    [InlineData("https://api.openai.com.evil.example/v1")]
    [InlineData("https://evilapi.openai.com.example")]
    [InlineData("https://notapi.openai.com")]
    [InlineData("https://api-openai.com")]
    [InlineData("https://evil.example/?to=https://api.openai.com/v1")]
    [InlineData("https://api.openai.com@evil.example/v1")]
    [InlineData("https://openai.azure.com.evil.example")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com.evil.example")]
    [InlineData("https://s3.us-east-1.amazonaws.com")]
    [InlineData("https://bedrock-runtime.a.b.amazonaws.com")]
    [InlineData("https://storage.googleapis.com")]
    [InlineData("https://evil-googleapis.com")]
    [InlineData("https://router.huggingface.co/v1")]
    [InlineData("https://api.cloudflare.com/client/v4/user")]
    [InlineData("https://api.deepinfra.com/v1/openai")]
    [InlineData("https://203.0.113.7/v1")]
    public void Of_AnAddressThatIsNoProviders_IsNobodyUnderTheNameOfAProtocol(string address)
    {
        Assert.Equal(Nobody, ByHost(address, "openai"));
        Assert.Equal(Nobody, ByHost(address, "anthropic"));
        Assert.Equal(Nobody, ByHost(address, null));
        Assert.Equal("ibm.watsonx.ai", ByHost(address, "ibm.watsonx.ai"));
    }

    [Theory]
    [InlineData("http://localhost:1234/v1")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.8.0.1")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://10.1.2.3")]
    [InlineData("http://172.31.0.1")]
    [InlineData("http://192.168.178.2")]
    [InlineData("http://169.254.1.1")]
    [InlineData("http://100.64.0.1")]
    [InlineData("http://[fd00::1]")]
    [InlineData("http://[fe80::1]")]
    [InlineData("http://ollama:11434")]
    [InlineData("http://gpu.local")]
    [InlineData("http://models.localhost")]
    [InlineData("http://gateway.corp.internal")]
    [InlineData("http://nas.lan")]
    [InlineData("http://box.home.arpa")]
    [InlineData("http://llm.default.svc")]
    public void Of_AServerOfAnOwnNetwork_IsWhatTheOptionsSay(string address)
    {
        var endpoint = ModelEndpoint.From("openai", new Uri(address));

        var unpriced = Matcher().Of(endpoint);
        var free = Matcher(static o => o.LocalCalls = LocalCallPricing.Free).Of(endpoint);
        var alike = Matcher(static o => o.LocalCalls = LocalCallPricing.LikeProvider).Of(endpoint);

        Assert.StartsWith($"'{endpoint.Address}' is in a network of your own: name it in AgentObservability:Costs:Pricing:Hosts", unpriced.WhyUnlisted, StringComparison.Ordinal);
        Assert.Equal((null, false), (unpriced.Provider, unpriced.IsFree));
        Assert.Equal((null, true), (free.Provider, free.IsFree));
        Assert.Equal(new Seller("openai"), alike);
    }

    [Theory]
    [InlineData("http://172.32.0.1")]
    [InlineData("http://100.128.0.1")]
    [InlineData("http://11.0.0.1")]
    [InlineData("http://local.example")]
    [InlineData("http://[2001:db8::1]")]
    public void Of_AServerElsewhere_IsNotTakenForOneOfAnOwnNetwork(string address) =>
        Assert.StartsWith("nobody is known to serve", Matcher().Of(ModelEndpoint.From("openai", new Uri(address))).WhyUnlisted, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://gw.corp.example/v1", "azure")]
    [InlineData("https://GW.corp.example:8443/v1", "openai")]
    [InlineData("https://api.openai.com/v1", "anthropic")]
    [InlineData("http://localhost:4000", "litellm")]
    [InlineData("http://[::1]:4000", "mistral")]
    [InlineData("https://elsewhere.example", "cohere")]
    public void Of_WhatTheOptionsSay_GoesBeforeTheAddress(string address, string provider)
    {
        var matcher = Matcher(static o =>
        {
            o.Hosts["gw.corp.example"] = " azure ";
            o.Hosts["gw.corp.example:8443"] = "openai";
            o.Hosts["api.openai.com"] = "anthropic";
            o.Hosts["localhost:4000"] = "litellm";
            o.Hosts["::1"] = "mistral";
            o.Provider = "cohere";
        });

        Assert.Equal(new Seller(provider), matcher.Of(ModelEndpoint.From("openai", new Uri(address))));
    }

    [Theory]
    [InlineData("free")]
    [InlineData("FREE")]
    public void Of_DeclaredFree_IsFree(string free)
    {
        var host = Matcher(o => o.Hosts["gw.corp.example"] = free).Of(ModelEndpoint.From("openai", new Uri("https://gw.corp.example")));
        var all = Matcher(o => o.Provider = free).Of(ModelEndpoint.From("ollama", new Uri("https://api.openai.com")));

        Assert.Equal(new Seller(null) { IsFree = true }, host);
        Assert.Equal(new Seller("ollama") { IsFree = true }, all);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    [InlineData("aws.bedrock")]
    public void Of_NoAddress_IsWhatTheClientCallsItself(string name) => Assert.Equal(new Seller(name), Matcher().Of(ModelEndpoint.From(name, (Uri?)null)));

    [Fact]
    public void Of_NoAddressAndNoName_IsNobody() =>
        Assert.Equal(new Seller(null) { WhyUnlisted = "the provider is not known" }, Matcher().Of(ModelEndpoint.Unknown));

    [Theory]
    [InlineData("https://eu.api.openai.com/v1", "openai", "eu")]
    [InlineData("https://api.openai.com/v1", "openai", null)]
    [InlineData("https://europe-west4-aiplatform.googleapis.com", "gcp.vertex_ai", "europe-west4")]
    [InlineData("https://bedrock-runtime.eu-central-1.amazonaws.com", "aws.bedrock", "eu-central-1")]
    [InlineData("https://a.b.api.openai.com/v1", "openai", null)]
    public void From_AHostThatNamesARegion_TellsIt(string address, string provider, string? region)
    {
        var endpoint = ModelEndpoint.From("openai", new Uri(address));

        Assert.Equal((provider, region), (endpoint.Provider, endpoint.Region));
    }

    [Fact]
    public void Of_TheSameEndpointAgain_TakesNoMemory()
    {
        var matcher = Matcher();
        var one = ModelEndpoint.From("openai", new Uri("https://api.openai.com/v1"));
        var other = ModelEndpoint.From("openai", new Uri("https://openrouter.ai/api/v1"));

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => matcher.Of(one)));
        Assert.Equal(0, AllocationMeter.BytesPerRun(() =>
        {
            matcher.Of(one);
            matcher.Of(other);
        }));
    }

    [Fact]
    public void Find_NamesBehindAddresses_AreKnownAsFarAsTheyCanBeTrusted()
    {
        var wrong = ModelNameTests.Names.Where(static name => name.Url is not null)
            .Select(static name => (name.Url, name.Model, Expected: $"{name.Rule ?? "none"} {name.Completeness}", Actual: FindBehind(name.Url!, name.Model)))
            .Where(static name => name.Expected != name.Actual)
            .Select(static name => $"{name.Url} {name.Model}: {name.Actual}, not {name.Expected}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string FindBehind(string url, string model)
    {
        var seller = Matcher().Of(ModelEndpoint.From("openai", new Uri(url)));
        return seller.WhyUnlisted is null ? ModelNameTests.Find(model, ProviderIds.Canonical(seller.Provider!)) : "none Unpriced";
    }

    private static HostMatcher Matcher(Action<PricingOptions>? configure = null)
    {
        var options = new PricingOptions();
        configure?.Invoke(options);
        return new(options);
    }

    private static string ByHost(string address, string? name = "openai")
    {
        var seller = Matcher().Of(ModelEndpoint.From(name, new Uri(address)));
        return seller.WhyUnlisted is null ? ProviderIds.Canonical(seller.Provider!) : Nobody;
    }
}
