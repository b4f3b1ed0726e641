using System.Runtime.CompilerServices;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>The labelled texts that recall and false alarms are measured on: each line is one.</summary>
internal static class PolicyList
{
    public static string[] Read(string name, [CallerFilePath] string path = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(path)!, "Lists", name));
}
