using AiObs.Cost.Pricing;
using Microsoft.Extensions.Configuration;

namespace AiObs.Cost.Tests.Pricing;

public sealed class PricingOptionsTests
{
    private const string Section = "AgentObservability:Costs:Pricing";

    [Fact]
    public void Bind_EveryMember_IsRead()
    {
        var options = new PricingOptions();

        new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("PriceFile", "prices.json"),
            new("PriceFileReloadInterval", "00:05:00"),
            new("Provider", "azure"),
            new("Hosts:gw.corp.example", "free"),
            new("LocalCalls", "LikeProvider"),
            new("Aliases:Prod", "azure/gpt-4o"),
            new("ServiceTierMultipliers:openai/flex", "0.4"),
            new("RegionMultipliers:eu", "1.1"),
            new("Prices:0:Provider", "openai"),
            new("Prices:0:Model", "gpt-4o*"),
            new("Prices:0:Rates:input_mtok", "2.5"),
            new("Prices:0:Tiers:0:Start", "1000"),
            new("Prices:0:Tiers:0:Rates:input_mtok", "5"),
        ]).Build().Bind(options);

        var price = Assert.Single(options.Prices);
        var tier = Assert.Single(price.Tiers);
        Assert.Equal(("prices.json", TimeSpan.FromMinutes(5)), (options.PriceFile, options.PriceFileReloadInterval));
        Assert.Equal(
            ("azure/gpt-4o", 0.4m, 1.1m),
            (options.Aliases["PROD"], options.ServiceTierMultipliers["OpenAI/Flex"], options.RegionMultipliers["EU"]));
        Assert.Equal(("azure", "free", LocalCallPricing.LikeProvider), (options.Provider, options.Hosts["GW.corp.example"], options.LocalCalls));
        Assert.Equal(("openai", "gpt-4o*", 2.5m), (price.Provider, price.Model, price.Rates["input_mtok"]));
        Assert.Equal((1_000, 5m), (tier.Start, tier.Rates["input_mtok"]));
    }

    [Fact]
    public void Clone_OriginalChangesLater_TheCopyDoesNot()
    {
        var source = new StubPricing();
        var options = Valid();
        options.PriceFile = "file";
        options.PriceFileReloadInterval = TimeSpan.FromHours(1);
        options.AddProvider(source);
        options.Provider = "azure";
        options.Hosts["gw.corp.example"] = "openai";
        options.LocalCalls = LocalCallPricing.Free;

        var copy = options.Clone();
        options.AddProvider(new StubPricing());
        options.Prices[0].Rates["output_mtok"] = 9;
        options.Prices[0].Tiers[0].Rates.Clear();
        options.Prices.Add(new());
        options.Hosts.Clear();
        options.Aliases.Clear();
        options.ServiceTierMultipliers.Clear();
        options.RegionMultipliers.Clear();

        var price = Assert.Single(copy.Prices);
        Assert.Equal(("openai", "gpt-4o"), (price.Provider, price.Model));
        Assert.Equal(["input_mtok"], price.Rates.Keys);
        Assert.Equal((1, 2m), (price.Tiers[0].Start, price.Tiers[0].Rates["input_mtok"]));
        Assert.Equal(("file", TimeSpan.FromHours(1)), (copy.PriceFile, copy.PriceFileReloadInterval));
        Assert.Equal((1, 1, 1), (copy.Aliases.Count, copy.ServiceTierMultipliers.Count, copy.RegionMultipliers.Count));
        Assert.Equal(("azure", "openai", LocalCallPricing.Free), (copy.Provider, copy.Hosts["gw.corp.example"], copy.LocalCalls));
        Assert.Same(source, Assert.Single(copy.GetProviders()));
    }

    [Fact]
    public void Validate_ValidOptions_FindsNothing()
    {
        Assert.Empty(Failures(_ => { }));
        Assert.Empty(Failures(options => options.PriceFileReloadInterval = TimeSpan.Zero));
        Assert.Empty(Failures(options => options.PriceFileReloadInterval = TimeSpan.FromDays(1)));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "model", ":Prices:0:Model is empty. Name the model or the deployment that the price is for." },
        { "provider", ":Prices:0:Provider is empty. Name a provider, or leave it out for any." },
        { "rates", ":Prices:0:Rates is empty. Give at least one rate, such as input_mtok; a model that costs nothing has the rate 0." },
        { "negative", ":Prices:0:Rates:input_mtok is -1. Give USD from 0 to 1,000,000,000." },
        { "huge", ":Prices:0:Rates:input_mtok is 10000000000. Give USD from 0 to 1,000,000,000." },
        { "key", ":Prices:0:Rates cannot be used: The price key \"input_mtoken\" of model \"gpt-4o\" of provider \"openai\" is unknown." },
        { "overlap", ":Prices:0:Rates cannot be used: The rates \"cache_read_mtok\" and \"input_audio_mtok\"" },
        { "start", ":Prices:0:Tiers:0:Start is 0. Give a number of input tokens above 0: starts ascend." },
        { "descending", ":Prices:0:Tiers:1:Start is 1. Give a number of input tokens above 1: starts ascend." },
        { "emptyTier", ":Prices:0:Tiers:0:Rates is empty. Give the rates that change, or leave the tier out." },
        { "tierKey", ":Prices:0:Tiers:0:Rates:output_mtok has no rate for smaller calls. Give output_mtok among the rates of the price too." },
        { "negativeTier", ":Prices:0:Tiers:0:Rates:input_mtok is -2. Give USD from 0 to 1,000,000,000." },
        { "aliasName", ":Aliases:  has no name. Name the deployment." },
        { "alias", ":Aliases:mine is 'gpt-4o'. Give provider/model, such as azure/gpt-4o." },
        { "aliasModel", ":Aliases:mine is 'azure/'. Give provider/model, such as azure/gpt-4o." },
        { "aliasProvider", ":Aliases:mine is '/gpt-4o'. Give provider/model, such as azure/gpt-4o." },
        { "tier", ":ServiceTierMultipliers:openai//flex has a key that cannot be read. Use name, provider/name or provider/model/name." },
        { "tierName", ":ServiceTierMultipliers:openai/ has a key that cannot be read. Use name, provider/name or provider/model/name." },
        { "tierValue", ":ServiceTierMultipliers:flex is -0.5. Give a multiplier from 0 to 1,000,000; 1 changes nothing." },
        { "standard", ":ServiceTierMultipliers:openai/Default is a name of the standard tier, which the rates are for. Change the rates instead." },
        { "region", ":RegionMultipliers:eu is -1. Give a multiplier from 0 to 1,000,000; 1 changes nothing." },
        { "interval", ":PriceFileReloadInterval is 00:00:00.5000000. Give a time from a second to a day, or 0 to read the file only once." },
        { "longInterval", ":PriceFileReloadInterval is 2.00:00:00. Give a time from a second to a day, or 0 to read the file only once." },
        { "seller", ":Provider is empty. Name a provider, or leave it out." },
        { "hostUrl", ":Hosts:https://gw is 'openai'. Give a host, with its port or without, and who sends the bill: a provider, free or litellm." },
        { "hostSeller", ":Hosts:gw is ' '. Give a host, with its port or without, and who sends the bill: a provider, free or litellm." },
        { "local", ":LocalCalls has the unknown value 7. Use Unpriced, Free or LikeProvider." },
        { "file", ":PriceFile '/nowhere/prices.json' does not exist. Correct the path, or leave the option out." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validate_Mistake_SaysWhereWhatAndWhatToDo(string mistake, string message)
    {
        var failure = Assert.Single(Failures(options => Spoil(options, mistake)));

        Assert.StartsWith(Section + message, failure, StringComparison.Ordinal);
    }

    private static void Spoil(PricingOptions options, string mistake)
    {
        var price = options.Prices[0];
        var tier = price.Tiers[0];
        Action spoil = mistake switch
        {
            "model" => () => price.Model = " ",
            "provider" => () => price.Provider = "",
            "rates" => () => ClearRates(price),
            "negative" => () => price.Rates["input_mtok"] = -1,
            "huge" => () => price.Rates["input_mtok"] = 10_000_000_000,
            "key" => () => price.Rates["input_mtoken"] = 1,
            "overlap" => () => (price.Rates["cache_read_mtok"], price.Rates["input_audio_mtok"]) = (1, 1),
            "start" => () => tier.Start = 0,
            "descending" => () => price.Tiers.Add(price.Clone().Tiers[0]),
            "emptyTier" => tier.Rates.Clear,
            "tierKey" => () => tier.Rates["output_mtok"] = 1,
            "negativeTier" => () => tier.Rates["input_mtok"] = -2,
            "aliasName" => () => options.Aliases[" "] = "azure/gpt-4o",
            "alias" => () => options.Aliases["mine"] = "gpt-4o",
            "aliasModel" => () => options.Aliases["mine"] = "azure/",
            "aliasProvider" => () => options.Aliases["mine"] = "/gpt-4o",
            "tier" => () => options.ServiceTierMultipliers["openai//flex"] = 1,
            "tierName" => () => options.ServiceTierMultipliers["openai/"] = 1,
            "tierValue" => () => options.ServiceTierMultipliers["flex"] = -0.5m,
            "standard" => () => options.ServiceTierMultipliers["openai/Default"] = 1,
            "region" => () => options.RegionMultipliers["eu"] = -1,
            "interval" => () => options.PriceFileReloadInterval = TimeSpan.FromMilliseconds(500),
            "longInterval" => () => options.PriceFileReloadInterval = TimeSpan.FromDays(2),
            "seller" => () => options.Provider = " ",
            "hostUrl" => () => options.Hosts["https://gw"] = "openai",
            "hostSeller" => () => options.Hosts["gw"] = " ",
            "local" => () => options.LocalCalls = (LocalCallPricing)7,
            _ => () => options.PriceFile = "/nowhere/prices.json",
        };
        spoil();
    }

    private static void ClearRates(PriceOverride price)
    {
        price.Rates.Clear();
        price.Tiers.Clear();
    }

    private static PricingOptions Valid()
    {
        var options = new PricingOptions();
        var price = new PriceOverride { Provider = "openai", Model = "gpt-4o" };
        price.Rates["input_mtok"] = 1;
        var tier = new PriceOverrideTier { Start = 1 };
        tier.Rates["input_mtok"] = 2;
        price.Tiers.Add(tier);
        options.Prices.Add(price);
        options.Aliases["prod"] = "azure/gpt-4o";
        options.ServiceTierMultipliers["openai/gpt-5/priority"] = 2;
        options.RegionMultipliers["eu"] = 1.1m;
        return options;
    }

    private static List<string> Failures(Action<PricingOptions> change)
    {
        var options = Valid();
        change(options);
        var failures = new List<string>();
        options.Validate(failures);
        return failures;
    }
}
