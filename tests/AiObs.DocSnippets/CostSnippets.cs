using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class CostSnippets
{
    public static void Root(IServiceCollection services)
    {
        #region snippet:cost-root
        services.AddAgentObservability()
            .AddCostTracking();
        #endregion
    }

    public static IChatClient Client(IChatClient client)
    {
        #region snippet:cost-client
        IChatClient priced = client.AsBuilder()
            .UseFunctionInvocation()
            .UseAgentObservability()
            .UseCostTracking()
            .Build();
        #endregion

        return priced;
    }

    public static async Task Read(AgentObservability observability)
    {
        #region snippet:cost-read
        CostTracking costs = observability.Costs!;
        Console.WriteLine($"all calls: {costs.Accumulator.Total.Total} USD");

        await foreach (var record in costs.Store.ReadAsync(new CostQuery { UserId = "u-7" }))
        {
            Console.WriteLine(record.Receipt);
        }
        #endregion
    }

    public static void Refresh(IServiceCollection services)
    {
        #region snippet:prices-refresh
        services.AddAgentObservability()
            .AddCostTracking()
            .AddPriceRefresh(o =>
            {
                o.Interval = TimeSpan.FromHours(6);
                o.CacheFile = "prices/genai-prices.json";
            });
        #endregion
    }

    public static void PriceFile(IServiceCollection services)
    {
        #region snippet:prices-file
        services.AddAgentObservability()
            .AddCostTracking(o => o.Pricing.PriceFile = "prices/data.json");
        #endregion
    }

    public static async Task RefreshNow(PriceRefresh refresh)
    {
        #region snippet:prices-now
        PriceRefreshResult result = await refresh.RefreshAsync();
        Console.WriteLine($"{result.Outcome}: {result.Version} {result.Reason}");
        #endregion
    }

    public static void Prices(IServiceCollection services)
    {
        #region snippet:cost-prices
        services.AddAgentObservability().AddCostTracking(o =>
        {
            o.Pricing.Aliases["prod-chat"] = "azure/gpt-4o";
            o.Pricing.Prices.Add(new PriceOverride
            {
                Provider = "azure",
                Model = "gpt-4o",
                Rates = { ["input_mtok"] = 2.25m, ["cache_read_mtok"] = 1.125m, ["output_mtok"] = 9m },
            });
        });
        #endregion
    }

    public static void Hosts(IServiceCollection services)
    {
        #region snippet:cost-hosts
        services.AddAgentObservability().AddCostTracking(o =>
        {
            o.Pricing.Hosts["gw.corp.example"] = "azure";
            o.Pricing.LocalCalls = LocalCallPricing.Free;
            o.Pricing.Prices.Add(new PriceOverride { Provider = "ibm.watsonx.ai", Model = "*", Rates = { ["input_mtok"] = 0, ["output_mtok"] = 0 } });
        });
        #endregion
    }

    public static void Reader(IServiceCollection services)
    {
        #region snippet:cost-reader-add
        services.AddAgentObservability(o => o.AddUsageReader(new AcmeUsageReader()));
        #endregion
    }

    private sealed record AcmeAnswer(long CachedTokens, decimal CostInUsd);

    #region snippet:cost-reader
    private sealed class AcmeUsageReader : IUsageReader
    {
        public bool TryRead(object raw, ref ReportedUsage usage)
        {
            if (raw is not AcmeAnswer answer)
            {
                return false;
            }

            usage.CacheRead = answer.CachedTokens;
            usage.Cost = answer.CostInUsd;
            return true;
        }
    }
    #endregion

    public static async Task Recorder(ICostRecorder recorder, ChatResponse response)
    {
        #region snippet:cost-recorder
        CostRecord record = await recorder.RecordAsync(response, new CostRecording { Provider = "openai", CallId = "job-17" });
        #endregion
    }

    public static void WhatIf(IReadOnlyList<CostRecord> records)
    {
        #region snippet:cost-what-if
        WhatIfResult haiku = CostRepricing.WhatIf(records, new CostScenario { Provider = "anthropic", Model = "claude-haiku-4-5" });
        Console.WriteLine($"{haiku.Before} USD would have been {haiku.After} USD");
        #endregion
    }

    public static void WhatIfByOwnPrices(CostTracking costs, IReadOnlyList<CostRecord> records)
    {
        #region snippet:cost-pricing
        WhatIfResult today = CostRepricing.WhatIf(records, new CostScenario { Prices = costs.Pricing });
        Console.WriteLine($"{today.Before} USD would be {today.After} USD at the prices in force");
        #endregion
    }

    public static void HowBudgetsStand(AgentObservability observability)
    {
        #region snippet:budget-status
        BudgetOverview budgets = observability.Costs!.Budgets;
        foreach (BudgetStatus account in budgets.List("per user"))
        {
            Console.WriteLine($"{account.Key}: {account.Spent} of {account.Limit} spent, {account.Reserved} reserved, again at {account.ResetsAt}");
        }

        decimal left = budgets.Find("per user", key: "u-7")?.Remaining ?? 2.50m;
        #endregion
    }

    public static async Task EraseAsync(CostTracking costs)
    {
        #region snippet:cost-erase
        Erasure erased = await costs.Store.EraseIdsAsync(new CostQuery { UserId = "u-7" });
        Erasure dropped = await costs.Store.ApplyRetentionAsync(TimeSpan.FromDays(400));
        Console.WriteLine($"{erased.Count} records have pseudonyms, {dropped.Count} are gone");
        #endregion
    }

    public static async Task ExportAsync(CostTracking costs, DateTimeOffset yesterday)
    {
        #region snippet:cost-export
        await using FileStream file = File.Create("costs.csv");
        long count = await costs.Store.ExportCsvAsync(file, new CostQuery { After = yesterday }, tags: ["night", "beta"]);
        Console.WriteLine($"{count} records");
        #endregion
    }

    public static void Budgets(IServiceCollection services)
    {
        #region snippet:budgets
        services.AddAgentObservability().AddCostTracking(o =>
        {
            o.Budgets.Add(new Budget { Name = "per user", Scope = BudgetScope.User, Limit = 2.50m, Window = BudgetWindow.CalendarDay });
            o.Budgets.Add(new Budget { Name = "everybody", Limit = 500m, Window = BudgetWindow.CalendarMonth });
        });
        #endregion

        #region snippet:burn-rate
        services.AddAgentObservability().AddCostTracking(o =>
            o.BurnRate.OnBurnRate = alert => Console.WriteLine($"{alert.Budget} lasts {alert.ProjectedExhaustion} at this rate"));
        #endregion
    }

    public static async Task Refusal(IChatClient client)
    {
        #region snippet:budget-refusal
        try
        {
            await client.GetResponseAsync("Hello");
        }
        catch (BudgetExceededException refusal)
        {
            Console.WriteLine($"{refusal.BudgetName}: {refusal.Spent} of {refusal.Limit} spent, again at {refusal.ResetsAt}");
        }
        #endregion
    }
}
