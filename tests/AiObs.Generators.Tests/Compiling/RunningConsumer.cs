using System.Reflection;
using System.Runtime.Loader;

namespace AiObs.Generators.Tests.Compiling;

/// <summary>
/// Loads a compiled consumer with its dependencies. Framework and abstractions are the test's own, so that objects can be handed over.
/// </summary>
internal sealed class RunningConsumer : AssemblyLoadContext
{
    private readonly ILookup<string, CompiledAssembly> _assemblies;

    private RunningConsumer(CompiledAssembly consumer)
    {
        _assemblies = consumer.WithDependencies().ToLookup(assembly => assembly.Name);
    }

    /// <summary>Calls <c>App.Build</c> of the consumer.</summary>
    public static T Build<T>(CompiledAssembly consumer, params object[] arguments)
    {
        var app = new RunningConsumer(consumer).LoadFromAssemblyName(new AssemblyName(consumer.Name)).GetType("App", throwOnError: true)!;

        return (T)app.GetMethod("Build")!.Invoke(null, arguments)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _assemblies[assemblyName.Name!].FirstOrDefault() is { } assembly ? LoadFromStream(new MemoryStream(assembly.Image)) : null;
}
