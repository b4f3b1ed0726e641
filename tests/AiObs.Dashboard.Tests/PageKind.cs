namespace AiObs.Dashboard.Tests;

/// <summary>What an endpoint of the dashboard answers.</summary>
internal enum PageKind
{
    /// <summary>A whole page.</summary>
    Page,

    /// <summary>A part of one, which the script puts in its place.</summary>
    Fragment,

    /// <summary>A file, such as JSON or CSV.</summary>
    File,

    /// <summary>An answer that lasts as long as its reader stays.</summary>
    Stream,
}
