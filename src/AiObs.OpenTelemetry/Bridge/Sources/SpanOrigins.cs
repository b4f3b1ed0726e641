using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AiObs.OpenTelemetry.Bridge.Sources;

/// <summary>Tells from its source whose span an activity is.</summary>
internal sealed class SpanOrigins
{
    private readonly ConditionalWeakTable<ActivitySource, LibrarySource> _heard = [];
    private readonly string[] _ownNames;
    private readonly LibrarySource[] _foreign;

    public SpanOrigins(IEnumerable<string> ownNames, AgentTracingOptions options)
    {
        _ownNames = [.. ownNames];
        _foreign =
        [
            .. KnownLibraries.Sources.Where(source => source.IsEnabled(options.Libraries)),

            // Most are clients of Microsoft.Extensions.AI with a name of the application's own, and those measure themselves.
            .. options.ModelSourceNames.Select(static name => new LibrarySource(name, MeasuresCalls: true, static _ => true)),
        ];
    }

    /// <summary>Gets the names of all sources to subscribe to.</summary>
    public IEnumerable<string> Names => [.. _ownNames, .. _foreign.Select(static source => source.Pattern)];

    /// <summary>Tells whether spans of a source are any business of ours.</summary>
    public bool Hears(ActivitySource source)
    {
        if (Find(source.Name) is not { } origin)
        {
            return false;
        }

        _heard.AddOrUpdate(source, origin);
        return true;
    }

    /// <summary>Returns what a source is that is heard; <see langword="null"/> for all others.</summary>
    public LibrarySource? Of(ActivitySource source) => _heard.TryGetValue(source, out var origin) ? origin : null;

    public bool IsOwn(ActivitySource source) => ReferenceEquals(Of(source), LibrarySource.Own);

    private LibrarySource? Find(string name)
    {
        // As the SDK compares them.
        return _ownNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? LibrarySource.Own
            : Array.Find(_foreign, source => source.Matches(name));
    }
}
