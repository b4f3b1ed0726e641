using System.Globalization;

namespace AiObs.Cost;

/// <summary>Finds models without a price, calls of which nobody knows who serves them, and a price table that is old.</summary>
internal sealed class PricesCheck(CostTracking costs, TimeProvider clock) : IDoctorCheck
{
    private const string UnknownModel = "AIOBS020";
    private const string UnknownProvider = "AIOBS021";
    private const string StalePrices = "AIOBS022";

    /// <summary>How old a table may get: providers change prices every few weeks.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(90);

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) =>
        new([.. costs.UnpricedModels.Select(FindingOf), .. FindAge()]);

    private static DoctorFinding FindingOf(UnpricedModel model)
    {
        var (provider, reason) = (model.Provider ?? "an unknown provider", model.Reason is { } said ? $" ({LogText.Name(said)})" : "");
        return model.IsUnknownProvider
            ? new(
                UnknownProvider,
                DoctorSeverity.Warning,
                $"Calls of model {model.Model} have no price, as nobody knows who serves them{reason}.",
                "Prices are those of a provider, and none is known by the host, or by what the client calls itself: a gateway, a server of your own, a client of your own.",
                "AddCostTracking(o => o.Pricing.Hosts[\"llm.example.com\"] = \"openai\");  // or o.Pricing.Provider for all calls")
            : new(
                UnknownModel,
                DoctorSeverity.Warning,
                $"Calls of model {model.Model} of {provider} have no price{reason}.{(model.Similar.Count == 0 ? "" : $" The closest known names: {string.Join(", ", model.Similar)}.")}",
                "The price table does not have the model: it is new, a deployment's own name, or spelt in another way. Budgets do not see what it costs.",
                "AddCostTracking(o => o.Pricing.Aliases[\"my-deployment\"] = \"gpt-5-mini\");  // or a price of its own in o.Pricing.Prices");
    }

    private IEnumerable<DoctorFinding> FindAge()
    {
        if (!costs.Prices.HasOwnTable && clock.GetUtcNow() - costs.Table.CurrentAt is var age && age > LongestAge)
        {
            yield return new(
                StalePrices,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The price table {costs.Table.Now.Version} was last known to be current {(int)age.TotalDays} days ago."),
                "Providers change prices, and new models are not in it.",
                "AddPriceRefresh();  // of the package AiObs.Prices; or update the packages");
        }
    }
}
