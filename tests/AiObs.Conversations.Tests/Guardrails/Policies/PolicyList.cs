namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>The labelled texts that recall and false alarms are measured on: each line is one.</summary>
internal static class PolicyList
{
    public static string[] Read(string name)
    {
        using var stream = typeof(PolicyList).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"There is no list '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
