using System.Globalization;
using AiObs.Cost;
using AiObs.Events;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Hosting;

/// <summary>Whatever stands in the configuration: the application starts, or is told which section or option is wrong.</summary>
public sealed class ConfigurationProperties
{
    private const string Root = "AgentObservability";

    private static readonly string[] Keys =
    [
        "Enabled", "SourceName", "Conventions", "CaptureContent", "GenAIProfile", "EmitOperationDetails", "RecordedAdditionalProperties:0", "Privacy",
        "Privacy:MaxContentLength", "Privacy:MaxMessages", "Privacy:Base64ImageMaxLength", "Privacy:RedactionRules", "Privacy:UserIdHashKey", "Privacy:HideInputs",
        "Costs:StoreCapacity", "Costs:AccumulatorCapacity", "Costs:Budgets:0:Name", "Costs:Budgets:0:Limit", "Costs:Budgets:0:TokenLimit", "Costs:Budgets:0:Window",
        "Costs:Budgets:0:Period", "Costs:Budgets:0:Scope", "Costs:Budgets:0:TimeZone", "Costs:Budgets:0:Tag", "Costs:Budgets:0:Mode", "Costs:Budgets:1",
        "Costs:Pricing:PriceFile", "Costs:Pricing:PriceFileReloadInterval", "Costs:Pricing:Aliases:a", "Costs:Pricing:Overrides:0:Model",
        "Costs:Pricing:Overrides:0:Rates:input_mtok", "Costs:Pricing:Overrides:0:Rates:inputs", "Costs:Pricing:ServiceTierMultipliers:batch",
        "Costs:Pricing:RegionMultipliers:eu", "Costs:Reservations:Lifetime", "Costs:Reservations:KeyCapacity", "Costs:BurnRate:FastWindow", "Costs:BurnRate:SlowThreshold",
        "Events:SlowCallThreshold", "Events:ExpensiveCallThreshold", "Events:ShutdownTimeout", "Events:Sinks:x:Capacity", "Events:ChunkEvents",
    ];

    private static readonly Gen<string?> Values = Gen.Frequency(
        (1, HostileText.Optional),
        (5, Gen.Elements<string?>(
            "", "true", "0", "1", "-1", "7", "0.5", "1e400", "NaN", "2147483648", "79228162514264337593543950336", "00:00:00", "00:00:05", "-00:00:05", "99999999.00:00:00",
            "24:00:00", "All", "None", "42", "GenAI, OpenInference", "V1_41", "Lifetime", "Rolling", "User", "Tag", "Europe/Berlin", "Nowhere/Land", "../nothing.json", "/", "a\0b")));

    private static readonly Gen<Dictionary<string, string?>> Sections =
        from entries in Gen.Zip(Gen.Elements(Keys), Values).ListOf()
        select entries.DistinctBy(static entry => entry.Item1).ToDictionary(static entry => $"{Root}:{entry.Item1}", static entry => entry.Item2);

    [Fact]
    public void Start_AnyConfiguration_StartsOrSaysWhatIsWrong() => Fuzz.Check(Sections, section => StartAsync(section).GetAwaiter().GetResult(), cases: 200);

    private static async Task StartAsync(Dictionary<string, string?> section)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(section).Build());
        services.AddAgentObservability().AddCostTracking();
        await using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<EventOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<CostTrackingOptions>>().Value;
            _ = provider.GetRequiredService<AgentObservability>();
        }
        catch (OptionsValidationException exception)
        {
            Assert.All(exception.Failures, static failure => Assert.Contains($"{Root}:", failure, StringComparison.Ordinal));
        }
        catch (InvalidOperationException exception)
        {
            Assert.StartsWith(
                string.Create(CultureInfo.InvariantCulture, $"Configuration section '{Root}"), exception.Message, StringComparison.Ordinal);
        }
    }
}
