namespace AiObs.Dashboard;

/// <summary>When a dashboard shows content.</summary>
public enum ContentVisibility
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>To who sits at this machine: a loopback connection to a local name, and through no proxy.</summary>
    WhenLocal,

    /// <summary>To who is signed in, and to who sits at this machine.</summary>
    WhenAuthorized,
}
