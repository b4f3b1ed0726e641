using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.TestSupport;

/// <summary>Configurations in which anything may stand.</summary>
public static class HostileConfiguration
{
    private const string Root = "AgentObservability";

    private static readonly Gen<string?> Values = Gen.Frequency(
        (1, HostileText.Optional),
        (5, Gen.Elements<string?>(
            "", "true", "0", "1", "-1", "7", "0.5", "1e400", "NaN", "2147483648", "79228162514264337593543950336", "00:00:00", "00:00:05", "-00:00:05", "99999999.00:00:00",
            "24:00:00", "All", "None", "42", "GenAI, OpenInference", "V1_41", "Lifetime", "Rolling", "User", "Tag", "Europe/Berlin", "Nowhere/Land", "../nothing.json", "/", "a\0b")));

    /// <summary>Checks that an application with any values for these keys starts, or is told which section or option is wrong.</summary>
    /// <param name="keys">The keys, below the section of the root.</param>
    /// <param name="add">What is registered besides the root.</param>
    /// <param name="start">What the application reads as it starts, besides the root.</param>
    public static void Check(string[] keys, Action<AgentObservabilityBuilder> add, Action<IServiceProvider> start) => Fuzz.Check(
        Gen.Zip(Gen.Elements(keys), Values).ListOf().Select(static entries => Section(entries)), section => StartAsync(section, add, start).GetAwaiter().GetResult(), cases: 200);

    private static Dictionary<string, string?> Section(IEnumerable<(string Key, string? Value)> entries) =>
        entries.DistinctBy(static entry => entry.Key).ToDictionary(static entry => $"{Root}:{entry.Key}", static entry => entry.Value);

    private static async Task StartAsync(Dictionary<string, string?> section, Action<AgentObservabilityBuilder> add, Action<IServiceProvider> start)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(section).Build());
        add(services.AddAgentObservability());
        await using var provider = services.BuildServiceProvider();
        try
        {
            start(provider);
            _ = provider.GetRequiredService<AgentObservability>();
        }
        catch (OptionsValidationException exception)
        {
            Assert.All(exception.Failures, static failure => Assert.Contains($"{Root}:", failure, StringComparison.Ordinal));
        }
        catch (InvalidOperationException exception)
        {
            Assert.StartsWith(Root, exception.Message, StringComparison.Ordinal);
            Assert.Contains(" has a value that cannot be read. ", exception.Message, StringComparison.Ordinal);
        }
    }
}
