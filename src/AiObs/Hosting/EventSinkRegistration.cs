using AiObs.Events;

namespace AiObs.Hosting;

/// <summary>A sink that a container adds to its root.</summary>
/// <param name="Name">The sink's name.</param>
/// <param name="OptionsName">The name of its options.</param>
/// <param name="Create">Finds the sink.</param>
internal sealed record EventSinkRegistration(string Name, string OptionsName, Func<IServiceProvider, IAgentEventSink> Create);
