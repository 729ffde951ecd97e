using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Ensemble.Processes;

namespace Ensemble.Cli.Tests.Slurm;

/// <summary>
/// Slurm as Debian has it on this machine: munged, slurmctld and two nodes of two CPUs, from a configuration of the test's own,
/// as root, without systemd. Nothing of it is left at the end.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    private const string ConfigVariable = "SLURM_CONF";
    private static readonly string[] s_programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "sinfo"];
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(90);

    private readonly List<Process> _daemons = [];
    private readonly string? _outerConfig = Environment.GetEnvironmentVariable(ConfigVariable);

    public SlurmCluster()
    {
        var missing = s_programs.Where(program => Find(program) is null).ToArray();
        Missing = missing.Length > 0 ? $"not on this machine: {string.Join(", ", missing)} (Debian's slurm-wlm and munge)"
            : Environment.IsPrivilegedProcess ? null : "Slurm's daemons want to be started by root";
        if (Missing is not null)
        {
            return;
        }

        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there is no cluster; null where there is one.</summary>
    internal string? Missing { get; }

    /// <summary>A folder that the node n2 has not; null where the machine does not let a process have file systems of its own.</summary>
    internal string? Hidden { get; private set; }

    internal string RootPath { get; } = Directory.CreateTempSubdirectory("ensemble-slurm-").FullName;

    /// <summary>Runs a program, one of Slurm's say, and fails where it does.</summary>
    internal static string Ask(string program, params string[] arguments)
    {
        var answer = new ProgramRunner().Run(program, arguments)!;
        Assert.True(answer.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {answer.Error}");
        return answer.Output;
    }

    /// <summary>Waits, without taking the processor from the jobs.</summary>
    internal static void WaitUntil(Func<bool> holds, string what, int seconds = 180)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"not within {seconds} s: {what}");
            Thread.Sleep(150);
        }
    }

    /// <summary>Waits until no job runs or can begin.</summary>
    internal static void WaitForTheEnd() => WaitUntil(
        () => Ask("squeue", "--noheader", "--array", "--format=%T %r").Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => line.EndsWith(" DependencyNeverSatisfied", StringComparison.Ordinal)),
        "every job ended");

    public void Dispose()
    {
        if (_daemons.Count > 2)
        {
            new ProgramRunner().Run("scancel", ["--signal=KILL", "--full", "--me"]);
            new ProgramRunner().Run("scancel", ["--me"]);
        }

        foreach (var daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Environment.SetEnvironmentVariable(ConfigVariable, _outerConfig);
        Directory.Delete(RootPath, recursive: true);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string At(string name) => Path.Combine(RootPath, name);

    private void Start()
    {
        File.WriteAllBytes(At("munge.key"), RandomNumberGenerator.GetBytes(128));
        Ask("chmod", "600", At("munge.key"));
        Directory.CreateDirectory(At("state"));
        File.WriteAllText(At("slurm.conf"), Configuration());
        Environment.SetEnvironmentVariable(ConfigVariable, At("slurm.conf"));
        StartDaemon(
            "munged", "--foreground", "--force", $"--socket={At("munge.socket")}", $"--key-file={At("munge.key")}", $"--pid-file={At("munged.pid")}", $"--log-file={At("munged.log")}", $"--seed-file={At("munged.seed")}");
        WaitUntil(() => File.Exists(At("munge.socket")), "munged answers", 30);
        StartDaemon("slurmctld", "-D", "-f", At("slurm.conf"));
        StartDaemon("slurmd", "-D", "-f", At("slurm.conf"), "-N", "n1");
        if (new ProgramRunner().Run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", RootPath]) is { ExitCode: 0 })
        {
            Hidden = Directory.CreateDirectory(At("hidden")).FullName;
            StartDaemon("unshare", "--mount", "sh", "-c", $"mount -t tmpfs none {Hidden} && exec {Find("slurmd")} -D -f {At("slurm.conf")} -N n2");
        }
        else
        {
            StartDaemon("slurmd", "-D", "-f", At("slurm.conf"), "-N", "n2");
        }

        var watch = Stopwatch.StartNew();
        while (new ProgramRunner().Run("sinfo", ["--noheader", "--Node", "--format=%T"])?.Output.Split('\n').Count(state => state == "idle") != 2)
        {
            if (watch.Elapsed > s_startLimit)
            {
                throw new InvalidOperationException($"Slurm did not start: {string.Join(' ', Directory.GetFiles(RootPath, "*.log").Select(log => $"{Path.GetFileName(log)}: {File.ReadLines(log).LastOrDefault()}"))}");
            }

            Thread.Sleep(100);
        }
    }

    private void StartDaemon(string program, params string[] arguments)
    {
        var daemon = new Process
        {
            StartInfo = new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = RootPath },
        };
        // What they write stands in their logs.
        daemon.OutputDataReceived += (_, _) => { };
        daemon.ErrorDataReceived += (_, _) => { };
        daemon.Start();
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        _daemons.Add(daemon);
    }

    private string Configuration()
    {
        var host = Environment.MachineName.Split('.')[0];
        string Node(string name) => string.Create(CultureInfo.InvariantCulture, $"NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={FreePort()} CPUs=2 State=UNKNOWN");
        return $"""
            ClusterName=ensembletest
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={FreePort().ToString(CultureInfo.InvariantCulture)}
            AuthType=auth/munge
            AuthInfo=socket={At("munge.socket")}
            SlurmUser=root
            SlurmdUser=root
            StateSaveLocation={At("state")}
            SlurmdSpoolDir={At("spool-%n")}
            SlurmctldPidFile={At("slurmctld.pid")}
            SlurmdPidFile={At("slurmd-%n.pid")}
            SlurmctldLogFile={At("slurmctld.log")}
            SlurmdLogFile={At("slurmd-%n.log")}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerParameters=batch_sched_delay=0,bf_interval=1,sched_interval=1,sched_min_interval=0
            ReturnToService=2
            KillWait=2
            AccountingStorageType=accounting_storage/none
            JobAcctGatherType=jobacct_gather/none
            SwitchType=switch/none
            MpiDefault=none
            SlurmdParameters=config_overrides
            {Node("n1")}
            {Node("n2")}
            PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP

            """;
    }
}
