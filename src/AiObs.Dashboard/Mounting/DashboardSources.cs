using AiObs.Cost;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiObs.Dashboard.Mounting;

/// <summary>Where a dashboard reads. What is <see langword="null"/> was not added to the application, and its page says how it is.</summary>
internal sealed class DashboardSources
{
    public DashboardSources(IServiceProvider services)
    {
        Services = services;
        Observability = services.GetRequiredService<AgentObservability>();
        Options = services.GetRequiredService<IOptions<DashboardOptions>>().Value;
        Traces = Observability.Traces!;
        Feed = Observability.TraceFeed!;
        Events = services.GetService<IEventLog>();
        Conversations = services.GetService<IConversationStore>();
        Verification = services.GetService<ScheduledVerification>();
        Doctor = services.GetRequiredService<Doctor>();
        TracesHealth = new(services);
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Logger = services.GetService<ILoggerFactory>()?.CreateLogger("AiObs") ?? NullLogger.Instance;
    }

    public IServiceProvider Services { get; }

    public AgentObservability Observability { get; }

    public DashboardOptions Options { get; }

    public ITraceStore Traces { get; }

    public ITraceFeed Feed { get; }

    public IEventLog? Events { get; }

    public IConversationStore? Conversations { get; }

    public ScheduledVerification? Verification { get; }

    public Doctor Doctor { get; }

    public AiObsTracesHealthCheck TracesHealth { get; }

    public CostTracking? Costs => Observability.Costs;

    public TimeProvider Clock { get; }

    public ILogger Logger { get; }
}
