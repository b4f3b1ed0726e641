namespace AiObs.Store.Sqlite;

/// <summary>What somebody did to the files of a database that is open.</summary>
internal enum FileLoss
{
    None,

    /// <summary>The database was deleted, moved or replaced.</summary>
    Database,

    /// <summary>The write-ahead log was.</summary>
    Log,

    /// <summary>The end of the database was cut off.</summary>
    Pages,
}
