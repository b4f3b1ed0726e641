using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>Puts a configuration into the services of a provider.</summary>
internal static class Settings
{
    public static void AddTo(IServiceCollection services, Dictionary<string, string?> values) =>
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
