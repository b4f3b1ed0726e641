using AiObs.Cost.Pricing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Prices;

/// <summary>Sets the options of the refresh from their configuration section.</summary>
internal sealed class PriceRefreshOptionsSource(IConfiguration? configuration) : IConfigureOptions<PriceRefreshOptions>
{
    private const string Allowed = "Url is an absolute address; times are written like 06:00:00 (six hours) or 1.00:00:00 (a day).";

    public void Configure(PriceRefreshOptions options) =>
        ConfiguredOptions.Read(configuration, PriceRefreshOptions.SectionName, options, static (section, options) => section.Bind(options), Allowed);
}
