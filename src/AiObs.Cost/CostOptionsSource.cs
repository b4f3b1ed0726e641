using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Cost;

/// <summary>Sets the options of cost tracking from their configuration section.</summary>
internal sealed class CostOptionsSource(IConfiguration? configuration) : IConfigureOptions<CostTrackingOptions>
{
    private const string Allowed =
        "Flags are true or false; amounts are numbers with a point; times are written like 1.00:00:00 (a day) or 00:05:00 (five minutes); "
        + "of budgets, Scope is Global, User, Conversation, Session or Tag, Window is CalendarDay, CalendarMonth, Rolling, PerCall or Lifetime, and Mode is Block, Warn or Shadow.";

    public void Configure(CostTrackingOptions options) =>
        ConfiguredOptions.Read(configuration, CostTrackingOptions.SectionName, options, static (section, options) => section.Bind(options), Allowed);
}
