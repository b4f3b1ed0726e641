namespace AiObs.OpenTelemetry.Bridge.Sources;

/// <summary>Activity sources of one library that writes GenAI spans.</summary>
/// <param name="Pattern">The name; a trailing <c>*</c> stands for any ending.</param>
/// <param name="MeasuresCalls">Whether the library records token and duration metrics of its model calls itself, under the names of the conventions.</param>
/// <param name="IsEnabled">Tells whether the application wants it.</param>
internal sealed record LibrarySource(string Pattern, bool MeasuresCalls, Func<BridgedLibraries, bool> IsEnabled)
{
    /// <summary>Stands for the sources of AiObs itself.</summary>
    public static LibrarySource Own { get; } = new("", MeasuresCalls: false, static _ => true);

    public bool Matches(string name) => Pattern.EndsWith('*')
        ? name.AsSpan().StartsWith(Pattern.AsSpan(0, Pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : name.Equals(Pattern, StringComparison.OrdinalIgnoreCase);
}
