using AiObs;
using AiObs.Cost.Pricing;
using AiObs.Prices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the prices of a root fresh.</summary>
public static class AiObsPriceRefreshExtensions
{
    /// <summary>
    /// Fetches the price table of genai-prices while the application runs, and prices by it once it has been checked. Adds cost tracking where that is not there yet; calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What to set; runs after the section <see cref="PriceRefreshOptions.SectionName"/> of the configuration, where there is one.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>The services then hold <see cref="PriceRefresh"/>. No call waits for a refresh, and none is changed by one that comes while it runs.</remarks>
    public static AgentObservabilityBuilder AddPriceRefresh(this AgentObservabilityBuilder builder, Action<PriceRefreshOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddCostTracking();
        if (!builder.Services.Any(static service => service.ServiceType == typeof(PriceRefreshKeeper)))
        {
            Add(builder.Services);
        }

        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    private static void Add(IServiceCollection services)
    {
        // First of all, so that whatever the application configures comes after, wherever it does so.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<PriceRefreshOptions>>(static provider =>
            new PriceRefreshOptionsSource(provider.GetService<IConfiguration>())));
        services.AddSingleton<IValidateOptions<PriceRefreshOptions>, PriceRefreshOptionsValidator>();
        services.AddOptions<PriceRefreshOptions>().ValidateOnStart();
        PriceDownload.AddClient(services);
        services.AddSingleton<PriceRefreshKeeper>();
        services.AddSingleton<TableKeeper>(static provider => provider.GetRequiredService<PriceRefreshKeeper>());
        services.AddSingleton(static provider =>
        {
            // The root starts it.
            _ = provider.GetRequiredService<AgentObservability>();
            return provider.GetRequiredService<PriceRefreshKeeper>().Refresh!;
        });
    }
}
