using AiObs;
using AiObs.Dashboard;
using AiObs.Dashboard.Access;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the dashboard.</summary>
public static class AiObsDashboardBuilderExtensions
{
    /// <summary>Adds the dashboard, and keeps the traces that it shows. <c>app.MapAgentObservability("/aiobs")</c> says where it is.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says how it looks and who sees what.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static AgentObservabilityBuilder AddDashboard(this AgentObservabilityBuilder builder, Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddTraces();
        builder.Services.AddOptions<DashboardOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDoctorCheck, OpenAccessCheck>());
        return builder;
    }
}
