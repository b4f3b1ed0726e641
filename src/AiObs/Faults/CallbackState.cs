namespace AiObs;

/// <summary>How far a run of a <see cref="Callback"/> is.</summary>
internal enum CallbackState
{
    /// <summary>No thread has begun with it.</summary>
    Waiting,

    /// <summary>A thread is at it.</summary>
    Running,

    /// <summary>It has ended, well or not.</summary>
    Ended,
}
