using AiObs.Events;
using AiObs.Hosting;
using AiObs.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Makes the root of a container, with its observers and sinks.</summary>
/// <remarks>
/// These may take a chat client, which asks for the root again. The container makes one root at a time, so whoever asks meanwhile is part of that
/// and gets the root that is under way.
/// </remarks>
internal sealed class RootFactory
{
    private AgentObservability? _underWay;

    public AgentObservability Create(IServiceProvider provider)
    {
        if (_underWay is not null)
        {
            return _underWay;
        }

        var root = new AgentObservability(
            provider.GetRequiredService<IOptions<AgentObservabilityOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>(),
            observers: [],
            provider.GetServices<GateFactory>(),
            provider.GetRequiredService<IOptions<EventOptions>>().Value,
            new ConfiguredSwitch(
                provider.GetRequiredService<IOptionsFactory<AgentObservabilityOptions>>(), provider.GetService<IConfiguration>()));
        root.FindDoctor = provider.GetRequiredService<Doctor>;
        _underWay = root;
        try
        {
            foreach (var observer in provider.GetServices<IOperationObserver>())
            {
                root.AddObserver(observer);
            }

            foreach (var gate in provider.GetServices<ICallGate>())
            {
                root.AddGate(gate);
            }

            EventRegistration.AddSinks(provider, root.Events);
            root.Parts = [.. provider.GetServices<RootPart>()];
            foreach (var part in root.Parts)
            {
                part.Start(root.Core);
            }

            return root;
        }
        catch
        {
            root.Dispose();
            throw;
        }
        finally
        {
            _underWay = null;
        }
    }
}
