namespace AiObs.Dashboard;

/// <summary>Who may look at a dashboard whose endpoints carry no authorization of their own.</summary>
public enum DashboardAccess
{
    /// <summary>Who sits at this machine: a loopback connection to a local name, and through no proxy.</summary>
    ThisMachine,

    /// <summary>Anyone who reaches the application. A warning is logged at the start.</summary>
    Anyone,
}
