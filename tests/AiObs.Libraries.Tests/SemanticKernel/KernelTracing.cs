using System.Runtime.CompilerServices;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>Turns on the spans of models and agents, with content; the kernel reads the switch once in a process.</summary>
internal static class KernelTracing
{
    [ModuleInitializer]
    public static void TurnOn() => AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", true);
}
