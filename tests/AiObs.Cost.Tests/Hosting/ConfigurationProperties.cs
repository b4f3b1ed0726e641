using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests.Hosting;

/// <summary>Whatever stands in the configuration of cost tracking: the application starts, or is told which section or option is wrong.</summary>
public sealed class ConfigurationProperties
{
    private static readonly string[] Keys =
    [
        "Costs:StoreCapacity", "Costs:AccumulatorCapacity", "Costs:Budgets:0:Name", "Costs:Budgets:0:Limit", "Costs:Budgets:0:TokenLimit", "Costs:Budgets:0:Window",
        "Costs:Budgets:0:Period", "Costs:Budgets:0:Scope", "Costs:Budgets:0:TimeZone", "Costs:Budgets:0:Tag", "Costs:Budgets:0:Mode", "Costs:Budgets:1",
        "Costs:Pricing:PriceFile", "Costs:Pricing:PriceFileReloadInterval", "Costs:Pricing:Aliases:a", "Costs:Pricing:Overrides:0:Model",
        "Costs:Pricing:Overrides:0:Rates:input_mtok", "Costs:Pricing:Overrides:0:Rates:inputs", "Costs:Pricing:ServiceTierMultipliers:batch",
        "Costs:Pricing:RegionMultipliers:eu", "Costs:Reservations:Lifetime", "Costs:Reservations:KeyCapacity", "Costs:BurnRate:FastWindow", "Costs:BurnRate:SlowThreshold",
    ];

    [Fact]
    public void Start_AnyConfiguration_StartsOrSaysWhatIsWrong() => HostileConfiguration.Check(
        Keys, static builder => builder.AddCostTracking(), static services => _ = services.GetRequiredService<IOptions<CostTrackingOptions>>().Value);
}
