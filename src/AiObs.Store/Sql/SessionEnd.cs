namespace AiObs.Store.Sql;

/// <summary>In which state a session leaves its connection.</summary>
internal enum SessionEnd
{
    /// <summary>The connection can be used again.</summary>
    Clean,

    /// <summary>Nobody knows what state the connection is in; it has to be closed.</summary>
    Broken,
}
