using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>Keeps the spans of a root.</summary>
internal interface ISpanKeeper
{
    /// <summary>Keeps a span of another library that has ended, and that the bridge has masked and priced. Called on the thread of the call.</summary>
    void Keep(Activity span);
}
